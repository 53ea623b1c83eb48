package com.example;

import com.sun.net.httpserver.HttpServer;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A site on the JDK alone, with the Java recipe around it as its filter puts it. Each line of the request's body is a call
 * for it to make with HttpsURLConnection: METHOD, address, how the answer is looked at, and token or admin key.
 */
class JavaShop {
    public static void main(String[] args) throws Exception {
        trust(args[0]);
        // Connections were made before, as other libraries do.
        new URL("https://kapi.kakao.com/").openConnection();
        LinkwatchConnections.install();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/", exchange -> {
            String orders = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            List<LinkwatchCall> calls = LinkwatchCall.gather();
            List<String> bodies = new ArrayList<>();
            try {
                for (String order : orders.lines().toList()) bodies.add(ask(order.split(" ")));
            } finally {
                LinkwatchCall.stopGathering();
            }
            String header = LinkwatchCall.header(calls);
            if (header != null) exchange.getResponseHeaders().add("Server-Timing", header);
            byte[] body = String.join("\n", bodies).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    private static String ask(String[] order) throws IOException {
        // A client that is watched itself, as RestTemplate is: its connection is not told a second time.
        if (order[2].equals("underneath")) return LinkwatchCall.underneath(() -> ask(new String[] {order[0], order[1], "code", order[3]}));
        HttpURLConnection connection = (HttpURLConnection) URI.create(order[1]).toURL().openConnection();
        connection.setRequestMethod(order[0]);
        connection.setRequestProperty("Authorization", order.length > 4 ? order[3] + " " + order[4] : "Bearer " + order[3]);
        if (order[0].equals("POST")) {
            connection.setDoOutput(true);
            connection.getOutputStream().close();
        }
        switch (order[2]) {
            case "code" -> connection.getResponseCode();
            case "header" -> connection.getHeaderField("content-type");
            case "secure" -> ((HttpsURLConnection) connection).setInstanceFollowRedirects(false);
            default -> { }
        }
        if (order[2].equals("unread")) return String.valueOf(connection.getResponseCode());
        try (InputStream body = open(connection)) {
            return body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream open(HttpURLConnection connection) {
        try {
            return connection.getInputStream();
        } catch (IOException refused) {
            return connection.getErrorStream();
        }
    }

    private static void trust(String file) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        try (InputStream pem = new FileInputStream(file)) {
            store.setCertificateEntry("emulator", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
    }
}
