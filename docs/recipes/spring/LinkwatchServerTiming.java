/*
 * NO TEST RUNS THIS FILE. It was written for Spring Boot 3.2 to 3.5 on servlets; check it with the README's curl line.
 *
 * Linkwatch for Kakao Login: what this server asked of Kakao, told in the Server-Timing response header.
 * Drop it anywhere under your application's package (and set the package line), then start with
 * LINKWATCH_SERVER_TIMING=1 in the environment. Without it none of these beans exist. Meant for test environments.
 *
 * Sees calls made with a RestClient, RestTemplate or WebClient that comes from Spring Boot's own builder beans
 * (RestClient.Builder, RestTemplateBuilder, WebClient.Builder). Clients that are made by hand take interceptor(). For
 * spring-security's oauth2Login add LinkwatchOAuth2Login.java. Feign, OkHttp and java.net.http are not seen.
 *
 * Without spring-webflux in the project, delete the nested class WebClients and its imports. In Spring Boot 4 the three
 * customizers have moved: let the editor import them again.
 *
 * The header holds method, path and status of each call, an error code, has_signed_up and connected_at; no query, no
 * token, no code, nothing of the user.
 */
package com.example;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.client.RestClientCustomizer;
import org.springframework.boot.web.client.RestTemplateCustomizer;
import org.springframework.boot.web.reactive.function.client.WebClientCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;

@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "LINKWATCH_SERVER_TIMING", havingValue = "1")
public class LinkwatchServerTiming {

    /** Proxies often refuse more than 4 KB of headers, so a report has an end. */
    private static final int MOST_CALLS = 20;
    private static final int MOST_CHARS = 65_536;

    /** The calls made for the request that this thread answers. */
    private static final ThreadLocal<List<Call>> CURRENT = new ThreadLocal<>();

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> linkwatchFilter() {
        var registration = new FilterRegistrationBean<OncePerRequestFilter>(new ReportingFilter());
        // Before spring-security, which answers the callback of oauth2Login itself.
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    @Bean
    RestClientCustomizer linkwatchRestClient() {
        return builder -> builder.requestInterceptor(interceptor());
    }

    @Bean
    RestTemplateCustomizer linkwatchRestTemplate() {
        return template -> template.getInterceptors().add(interceptor());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.web.reactive.function.client.WebClient")
    @ConditionalOnProperty(name = "LINKWATCH_SERVER_TIMING", havingValue = "1")
    static class WebClients {

        @Bean
        WebClientCustomizer linkwatchWebClient() {
            // The list is taken where the call is subscribed to: with block(), the thread that answers the request.
            ExchangeFilterFunction watch = (request, next) -> {
                Call call = begin(request.method().name(), request.url());
                if (call == null) return next.exchange(request);
                return next.exchange(request).map(response -> {
                    call.answered(response.statusCode().value());
                    return response.mutate()
                        .body(parts -> parts.doOnNext(part -> call.keep(part.toString(StandardCharsets.UTF_8))))
                        .build();
                });
            };
            return builder -> builder.filter(watch);
        }
    }

    /** For a RestClient or RestTemplate that is made by hand. Does nothing outside of a reported request. */
    public static ClientHttpRequestInterceptor interceptor() {
        return (request, body, execution) -> {
            Call call = begin(request.getMethod().name(), request.getURI());
            ClientHttpResponse response = execution.execute(request, body);
            if (call == null) return response;
            call.answered(response.getStatusCode().value());
            return new WatchedResponse(response, call);
        };
    }

    /** Starts the record of a call to Kakao. A call that is never answered is not reported. */
    private static Call begin(String method, URI uri) {
        List<Call> calls = CURRENT.get();
        String path = uri.getPath();
        boolean kakao = "kapi.kakao.com".equalsIgnoreCase(uri.getHost())
            || ("kauth.kakao.com".equalsIgnoreCase(uri.getHost()) && "/oauth/token".equals(path));
        if (calls == null || !kakao || calls.size() >= MOST_CALLS) return null;
        Call call = new Call(method, path);
        calls.add(call);
        return call;
    }

    private static final class Call {
        private static final Pattern WORD = Pattern.compile("([A-Za-z][A-Za-z_-]{0,30}[0-9]{0,2})?");
        private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*(-[0-9]{1,5})\\b");
        private static final Pattern KOE = Pattern.compile("\"error_code\"\\s*:\\s*\"(KOE[0-9]{3,4})\"");
        private static final Pattern SIGNED_UP = Pattern.compile("\"has_signed_up\"\\s*:\\s*(true|false)\\b");
        private static final Pattern CONNECTED_AT = Pattern.compile(
            "\"connected_at\"\\s*:\\s*\"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,6})?Z)\"");

        private final String method;
        private final String path;
        private final long began = System.nanoTime();
        private final StringBuilder body = new StringBuilder();
        private volatile int status;
        private volatile long millis;

        Call(String method, String path) {
            this.method = method;
            this.path = path;
        }

        void answered(int code) {
            status = code;
            millis = (System.nanoTime() - began) / 1_000_000;
        }

        synchronized void keep(String text) {
            if (body.length() + text.length() <= MOST_CHARS) body.append(text);
        }

        /** Only words of a known shape leave the body. */
        private synchronized Stream<String> words() {
            if (status >= 400) return Stream.concat(word("code", CODE), word("code", KOE)).limit(1);
            if (!path.equals("/v2/user/me")) return Stream.empty();
            return Stream.concat(word("has_signed_up", SIGNED_UP), word("connected_at", CONNECTED_AT));
        }

        private Stream<String> word(String name, Pattern pattern) {
            Matcher found = pattern.matcher(body);
            return found.find() ? Stream.of(name + "=" + found.group(1)) : Stream.empty();
        }

        String metric() {
            // A segment that is not plainly a word could be an id.
            String worded = Stream.of(path.split("/", -1))
                .map(segment -> WORD.matcher(segment).matches() ? segment : "~")
                .collect(Collectors.joining("/"));
            String desc = Stream.concat(Stream.of(method, worded, String.valueOf(status)), words())
                .collect(Collectors.joining(" "));
            return "kakao;desc=\"" + desc + "\";dur=" + millis;
        }
    }

    private static final class ReportingFilter extends OncePerRequestFilter {
        @Override
        protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
            List<Call> calls = new ArrayList<>();
            ReportingResponse reporting = new ReportingResponse(response, calls);
            CURRENT.set(calls);
            try {
                chain.doFilter(request, reporting);
            } finally {
                CURRENT.remove();
                reporting.report();
            }
        }
    }

    /** Adds the header at the last moment before the answer can leave. Later calls are not told. */
    private static final class ReportingResponse extends HttpServletResponseWrapper {
        private final List<Call> calls;
        private boolean reported;

        ReportingResponse(HttpServletResponse response, List<Call> calls) {
            super(response);
            this.calls = calls;
        }

        void report() {
            List<Call> answered = calls.stream().filter(call -> call.status != 0).toList();
            if (reported || isCommitted() || answered.isEmpty()) return;
            reported = true;
            addHeader("Server-Timing", answered.stream().map(Call::metric).collect(Collectors.joining(", ")));
        }

        @Override
        public void sendRedirect(String location) throws IOException {
            report();
            super.sendRedirect(location);
        }

        @Override
        public void sendError(int status) throws IOException {
            report();
            super.sendError(status);
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            report();
            super.sendError(status, message);
        }

        @Override
        public void flushBuffer() throws IOException {
            report();
            super.flushBuffer();
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            report();
            return super.getOutputStream();
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            report();
            return super.getWriter();
        }
    }

    /** A response that shows what is read of its body. */
    private static final class WatchedResponse implements ClientHttpResponse {
        private final ClientHttpResponse response;
        private final Call call;
        private InputStream body;

        WatchedResponse(ClientHttpResponse response, Call call) {
            this.response = response;
            this.call = call;
        }

        @Override
        public InputStream getBody() throws IOException {
            if (body == null) {
                body = new FilterInputStream(response.getBody()) {
                    @Override
                    public int read() throws IOException {
                        int one = super.read();
                        // Every word of interest is ASCII.
                        if (one >= 0) call.keep(String.valueOf((char) one));
                        return one;
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        int count = super.read(into, offset, length);
                        if (count > 0) call.keep(new String(into, offset, count, StandardCharsets.ISO_8859_1));
                        return count;
                    }

                    @Override
                    public boolean markSupported() {
                        return false;
                    }
                };
            }
            return body;
        }

        @Override
        public HttpStatusCode getStatusCode() throws IOException {
            return response.getStatusCode();
        }

        @Override
        public String getStatusText() throws IOException {
            return response.getStatusText();
        }

        @Override
        public HttpHeaders getHeaders() {
            return response.getHeaders();
        }

        @Override
        public void close() {
            response.close();
        }
    }
}
