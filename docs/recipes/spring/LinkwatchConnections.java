/*
 * Beside LinkwatchServerTiming.java: sees calls made with HttpsURLConnection, and so with a RestTemplate that somebody makes
 * by hand, Feign's default client and libraries like them. It needs only the JDK, 17 or later, and tests run it; nothing but
 * addresses of Kakao's is touched.
 */
package com.example;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.net.URLStreamHandlerFactory;
import java.security.Permission;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocketFactory;

final class LinkwatchConnections extends URLStreamHandler {

    private static final String TOMCAT = "org.apache.catalina.webresources.TomcatURLStreamHandlerFactory";

    /** An address made before ours is installed: it, and every one derived from it, connects as the JDK does. */
    private final URL jdk;

    private LinkwatchConnections(URL jdk) {
        this.jdk = jdk;
    }

    /** Installs itself, once a process and before Tomcat starts. Where another library was first, nothing is seen. */
    static void install() {
        try {
            LinkwatchConnections handler = new LinkwatchConnections(new URL("https://kapi.kakao.com/"));
            URLStreamHandlerFactory factory = protocol -> "https".equals(protocol) ? handler : null;
            try {
                // The process has room for one factory, and Tomcat's, which it needs itself, takes in others.
                Class<?> tomcat = Class.forName(TOMCAT);
                Object room = tomcat.getMethod("getInstance").invoke(null);
                tomcat.getMethod("addUserFactory", URLStreamHandlerFactory.class).invoke(room, factory);
            } catch (ClassNotFoundException noTomcat) {
                URL.setURLStreamHandlerFactory(factory);
            }
        } catch (IOException | ReflectiveOperationException | Error taken) {
            System.getLogger("linkwatch").log(System.Logger.Level.INFO, "HttpsURLConnection is not watched: {0}", taken);
        }
    }

    @Override
    protected int getDefaultPort() {
        return 443;
    }

    @Override
    protected URLConnection openConnection(URL url) throws IOException {
        return watched(url, new URL(jdk, url.toExternalForm()).openConnection());
    }

    @Override
    protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
        return watched(url, new URL(jdk, url.toExternalForm()).openConnection(proxy));
    }

    private static URLConnection watched(URL url, URLConnection connection) {
        boolean told = !LinkwatchCall.isUnderneath() && LinkwatchCall.isKakao(url.getHost(), url.getPath());
        return told && connection instanceof HttpsURLConnection https ? new Watched(https) : connection;
    }

    /** A connection that tells what it asked. Everything else it leaves to the JDK's own. */
    private static final class Watched extends HttpsURLConnection {
        private final HttpsURLConnection to;
        private LinkwatchCall call;
        private boolean asked;
        /** The JDK's own connection does not give the header back. */
        private boolean hasAdminKey;
        private InputStream body;

        Watched(HttpsURLConnection to) {
            super(to.getURL());
            this.to = to;
        }

        /** The first look at the answer sends the request. */
        private void answered() throws IOException {
            if (asked) return;
            asked = true;
            call = LinkwatchCall.begin(to.getRequestMethod(), to.getURL().getHost(), to.getURL().getPath(), to.getURL().getQuery());
            if (call != null && hasAdminKey) call.authorized("KakaoAK");
            int status = to.getResponseCode();
            if (call != null) call.answered(status);
        }

        @Override public int getResponseCode() throws IOException { answered(); return to.getResponseCode(); }
        @Override public String getResponseMessage() throws IOException { answered(); return to.getResponseMessage(); }

        @Override
        public InputStream getInputStream() throws IOException {
            answered();
            if (body == null) body = call == null ? to.getInputStream() : call.watch(to.getInputStream());
            return body;
        }

        @Override
        public InputStream getErrorStream() {
            InputStream error = to.getErrorStream();
            if (body == null && error != null && call != null) body = call.watch(error);
            return call == null ? error : body;
        }

        private void note(String name, String value) {
            if ("Authorization".equalsIgnoreCase(name)) hasAdminKey = LinkwatchCall.isAdminKey(value);
        }

        /** For what does not throw: a request that fails is told by the call that the application makes next. */
        private void look() {
            try {
                answered();
            } catch (IOException unanswered) {
                // The JDK's own connection remembers it.
            }
        }

        @Override public void connect() throws IOException { to.connect(); }
        @Override public void disconnect() { to.disconnect(); }
        @Override public boolean usingProxy() { return to.usingProxy(); }
        @Override public OutputStream getOutputStream() throws IOException { return to.getOutputStream(); }
        @Override public void setRequestMethod(String method) throws ProtocolException { to.setRequestMethod(method); }
        @Override public String getRequestMethod() { return to.getRequestMethod(); }
        @Override public void setInstanceFollowRedirects(boolean follow) { to.setInstanceFollowRedirects(follow); }
        @Override public boolean getInstanceFollowRedirects() { return to.getInstanceFollowRedirects(); }
        @Override public void setFixedLengthStreamingMode(int length) { to.setFixedLengthStreamingMode(length); }
        @Override public void setFixedLengthStreamingMode(long length) { to.setFixedLengthStreamingMode(length); }
        @Override public void setChunkedStreamingMode(int length) { to.setChunkedStreamingMode(length); }
        @Override public URL getURL() { return to.getURL(); }
        @Override public void setConnectTimeout(int millis) { to.setConnectTimeout(millis); }
        @Override public int getConnectTimeout() { return to.getConnectTimeout(); }
        @Override public void setReadTimeout(int millis) { to.setReadTimeout(millis); }
        @Override public int getReadTimeout() { return to.getReadTimeout(); }
        @Override public void setDoInput(boolean on) { to.setDoInput(on); }
        @Override public boolean getDoInput() { return to.getDoInput(); }
        @Override public void setDoOutput(boolean on) { to.setDoOutput(on); }
        @Override public boolean getDoOutput() { return to.getDoOutput(); }
        @Override public void setUseCaches(boolean on) { to.setUseCaches(on); }
        @Override public boolean getUseCaches() { return to.getUseCaches(); }
        @Override public void setDefaultUseCaches(boolean on) { to.setDefaultUseCaches(on); }
        @Override public boolean getDefaultUseCaches() { return to.getDefaultUseCaches(); }
        @Override public void setAllowUserInteraction(boolean on) { to.setAllowUserInteraction(on); }
        @Override public boolean getAllowUserInteraction() { return to.getAllowUserInteraction(); }
        @Override public void setIfModifiedSince(long at) { to.setIfModifiedSince(at); }
        @Override public long getIfModifiedSince() { return to.getIfModifiedSince(); }
        @Override public void setRequestProperty(String name, String value) { note(name, value); to.setRequestProperty(name, value); }
        @Override public void addRequestProperty(String name, String value) { note(name, value); to.addRequestProperty(name, value); }
        @Override public String getRequestProperty(String name) { return to.getRequestProperty(name); }
        @Override public Map<String, List<String>> getRequestProperties() { return to.getRequestProperties(); }
        @Override public String getHeaderField(String name) { look(); return to.getHeaderField(name); }
        @Override public String getHeaderField(int n) { look(); return to.getHeaderField(n); }
        @Override public String getHeaderFieldKey(int n) { look(); return to.getHeaderFieldKey(n); }
        @Override public Map<String, List<String>> getHeaderFields() { look(); return to.getHeaderFields(); }
        @Override public String getCipherSuite() { return to.getCipherSuite(); }
        @Override public Certificate[] getLocalCertificates() { return to.getLocalCertificates(); }
        @Override public Certificate[] getServerCertificates() throws SSLPeerUnverifiedException { return to.getServerCertificates(); }
        @Override public Principal getPeerPrincipal() throws SSLPeerUnverifiedException { return to.getPeerPrincipal(); }
        @Override public Principal getLocalPrincipal() { return to.getLocalPrincipal(); }
        @Override public Optional<SSLSession> getSSLSession() { return to.getSSLSession(); }
        @Override public void setHostnameVerifier(HostnameVerifier verifier) { to.setHostnameVerifier(verifier); }
        @Override public HostnameVerifier getHostnameVerifier() { return to.getHostnameVerifier(); }
        @Override public void setSSLSocketFactory(SSLSocketFactory factory) { to.setSSLSocketFactory(factory); }
        @Override public SSLSocketFactory getSSLSocketFactory() { return to.getSSLSocketFactory(); }
        @Override public Permission getPermission() throws IOException { return to.getPermission(); }
        @Override public String toString() { return to.toString(); }
    }
}
