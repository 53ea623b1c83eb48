/*
 * NO TEST COMPILES OR RUNS THIS FILE: it needs Spring 6 and jakarta.servlet, and Debian, where tests take Java from, has
 * Spring 4.3. Tests run the two files beside it, LinkwatchCall.java and LinkwatchConnections.java, which it needs. It was
 * written for Spring Boot 3.2 to 3.5 on servlets; check it with the README's curl line.
 *
 * Linkwatch for Kakao Login: what this server asked of Kakao, told in the Server-Timing response header.
 * Drop the three files anywhere under your application's package (and set the package lines), then start with
 * LINKWATCH_SERVER_TIMING=1 in the environment. Without it none of these beans exist. Meant for test environments.
 *
 * Sees, without a change of code: every RestTemplate, RestClient and WebClient that is a bean or comes from a builder bean
 * of Spring Boot's; HttpsURLConnection, and with it `new RestTemplate()` and Feign's default client. For spring-security's
 * oauth2Login add LinkwatchOAuth2Login.java. Not seen: java.net.http, OkHttp, and Feign over Apache's client or OkHttp. A
 * RestClient that is made by hand takes interceptor().
 *
 * Without spring-webflux in the project, delete the nested class WebClients and its imports. In Spring Boot 4 the customizer
 * has moved: let the editor import it again.
 *
 * The header holds method, path and status of each call, an error code, has_signed_up, connected_at and whether it names
 * its user, as with the admin key; no query, no token, no code, nothing of the user.
 */
package com.example;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.client.RestTemplateCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "LINKWATCH_SERVER_TIMING", havingValue = "1")
public class LinkwatchServerTiming {

    private static final ClientHttpRequestInterceptor INTERCEPTOR = (request, body, execution) -> {
        String authorization = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        LinkwatchCall call = LinkwatchCall.begin(request.getMethod().name(), request.getURI(), authorization);
        if (call == null) return execution.execute(request, body);
        ClientHttpResponse response = LinkwatchCall.underneath(() -> execution.execute(request, body));
        call.answered(response.getStatusCode().value());
        return new WatchedResponse(response, call);
    };

    /** Watches what is a bean, however it was made, and every connection of the JDK's. */
    @Bean
    static BeanPostProcessor linkwatchClients() {
        LinkwatchConnections.install();
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof RestTemplate template) addOnce(template.getInterceptors(), INTERCEPTOR);
                if (bean instanceof RestClient.Builder builder) return watched(builder);
                return bean instanceof RestClient client ? watched(client.mutate()).build() : bean;
            }
        };
    }

    private static RestClient.Builder watched(RestClient.Builder builder) {
        return builder.requestInterceptors(list -> addOnce(list, INTERCEPTOR));
    }

    private static <T> void addOnce(List<T> list, T one) {
        if (!list.contains(one)) list.add(one);
    }

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> linkwatchFilter() {
        var registration = new FilterRegistrationBean<OncePerRequestFilter>(new ReportingFilter());
        // Before spring-security, which answers the callback of oauth2Login itself.
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    @Bean
    RestTemplateCustomizer linkwatchRestTemplate() {
        return template -> addOnce(template.getInterceptors(), INTERCEPTOR);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.web.reactive.function.client.WebClient")
    @ConditionalOnProperty(name = "LINKWATCH_SERVER_TIMING", havingValue = "1")
    static class WebClients {

        /** The list is taken where the call is subscribed to: with block(), the thread that answers the request. */
        private static final ExchangeFilterFunction FILTER = (request, next) -> {
            String authorization = request.headers().getFirst(HttpHeaders.AUTHORIZATION);
            LinkwatchCall call = LinkwatchCall.begin(request.method().name(), request.url(), authorization);
            if (call == null) return next.exchange(request);
            return next.exchange(request).map(response -> {
                call.answered(response.statusCode().value());
                return response.mutate()
                    .body(parts -> parts.doOnNext(part -> call.keep(part.toString(StandardCharsets.ISO_8859_1))))
                    .build();
            });
        };

        @Bean
        static BeanPostProcessor linkwatchWebClients() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (bean instanceof WebClient.Builder builder) return builder.filters(list -> addOnce(list, FILTER));
                    if (!(bean instanceof WebClient client)) return bean;
                    return client.mutate().filters(list -> addOnce(list, FILTER)).build();
                }
            };
        }
    }

    /** For a RestClient that is made by hand and is no bean. Does nothing outside of a reported request. */
    public static ClientHttpRequestInterceptor interceptor() {
        return INTERCEPTOR;
    }

    private static final class ReportingFilter extends OncePerRequestFilter {
        @Override
        protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
            ReportingResponse reporting = new ReportingResponse(response, LinkwatchCall.gather());
            try {
                chain.doFilter(request, reporting);
            } finally {
                LinkwatchCall.stopGathering();
                reporting.report();
            }
        }
    }

    /** Adds the header at the last moment before the answer can leave. Later calls are not told. */
    private static final class ReportingResponse extends HttpServletResponseWrapper {
        private final List<LinkwatchCall> calls;
        private boolean reported;

        ReportingResponse(HttpServletResponse response, List<LinkwatchCall> calls) {
            super(response);
            this.calls = calls;
        }

        void report() {
            String header = LinkwatchCall.header(calls);
            if (reported || isCommitted() || header == null) return;
            reported = true;
            addHeader("Server-Timing", header);
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
        private final LinkwatchCall call;
        private InputStream body;

        WatchedResponse(ClientHttpResponse response, LinkwatchCall call) {
            this.response = response;
            this.call = call;
        }

        @Override
        public InputStream getBody() throws IOException {
            if (body == null) body = call.watch(response.getBody());
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
