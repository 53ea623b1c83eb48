/*
 * What the other files beside this one share: the calls to Kakao made for one request, and the words told of them. It needs
 * only the JDK, 17 or later, and tests run it.
 */
package com.example;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A call to Kakao. */
final class LinkwatchCall {
    private static final Pattern WORD = Pattern.compile("([A-Za-z][A-Za-z_-]{0,30}[0-9]{0,2})?");
    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*(-[0-9]{1,5})\\b");
    private static final Pattern KOE = Pattern.compile("\"error_code\"\\s*:\\s*\"(KOE[0-9]{3,4})\"");
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*([0-9]*)");
    private static final Pattern TOKEN = Pattern.compile("/+oauth/token/?");
    private static final Pattern TARGET = Pattern.compile("(^|&)target_id=");
    /** Their answers say who is logged in, where the call carried a token. */
    private static final Set<String> WITH_ID = Set.of("/v2/user/me", "/v1/user/access_token_info");
    private static final Pattern SIGNED_UP = Pattern.compile("\"has_signed_up\"\\s*:\\s*(true|false)\\b");
    private static final Pattern CONNECTED_AT = Pattern.compile(
        "\"connected_at\"\\s*:\\s*\"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,6})?Z)\"");

    /** Proxies often refuse more than 4 KB of headers, so a report has an end. */
    private static final int MOST_CALLS = 20;
    private static final int MOST_CHARS = 65_536;

    /** The calls made for the request that this thread answers. */
    private static final ThreadLocal<List<LinkwatchCall>> CURRENT = new ThreadLocal<>();
    private static final ThreadLocal<Boolean> BY_CLIENT = ThreadLocal.withInitial(() -> false);

    private final String method;
    private final String path;
    /** Whether a field that the answer lacks is lacking at Kakao: property_keys asks for some fields alone. */
    private final boolean whole;
    private final long began = System.nanoTime();
    private final StringBuilder body = new StringBuilder();
    /** Whether it names its user, as calls with the admin key do: it need not be about who is logged in. */
    private volatile boolean namesUser;
    /** 0 until it is answered. */
    private volatile int status;
    private volatile long millis;

    private LinkwatchCall(String method, String path, boolean whole) {
        this.method = method;
        this.path = path;
        this.whole = whole;
    }

    /** Begins to gather the calls that this thread makes, for the request that it answers. */
    static List<LinkwatchCall> gather() {
        CURRENT.set(new ArrayList<>());
        return CURRENT.get();
    }

    static void stopGathering() {
        CURRENT.remove();
    }

    /** Starts the record of a call to Kakao, or gives null. A call that is never answered is not reported. */
    static LinkwatchCall begin(String method, String host, String path, String query) {
        List<LinkwatchCall> calls = CURRENT.get();
        if (calls == null || !isKakao(host, path) || calls.size() >= MOST_CALLS) return null;
        boolean whole = method.equals("GET") && !String.valueOf(query).contains("property_keys");
        LinkwatchCall call = new LinkwatchCall(method, path, whole);
        call.namesUser = TARGET.matcher(String.valueOf(query)).find();
        calls.add(call);
        return call;
    }

    /** The same, for a request whose header Authorization is known. */
    static LinkwatchCall begin(String method, URI uri, String authorization) {
        LinkwatchCall call = begin(method, uri.getHost(), uri.getPath(), uri.getQuery());
        if (call != null) call.authorized(authorization);
        return call;
    }

    static boolean isKakao(String host, String path) {
        return "kapi.kakao.com".equalsIgnoreCase(host)
            || ("kauth.kakao.com".equalsIgnoreCase(host) && TOKEN.matcher(String.valueOf(path)).matches());
    }

    /** Runs what is underneath a watched client, whose connection is not to be told a second time. */
    static <T> T underneath(Action<T> action) throws IOException {
        BY_CLIENT.set(true);
        try {
            return action.run();
        } finally {
            BY_CLIENT.set(false);
        }
    }

    static boolean isUnderneath() {
        return BY_CLIENT.get();
    }

    interface Action<T> {
        T run() throws IOException;
    }

    /** The header's value; null where there is nothing to tell. */
    static String header(List<LinkwatchCall> calls) {
        if (calls.isEmpty()) return null;
        Set<String> ownIds = calls.stream()
            .filter(call -> WITH_ID.contains(call.path) && !call.namesUser)
            .map(LinkwatchCall::id)
            .collect(Collectors.toSet());
        return calls.stream().map(call -> call.metric(ownIds)).collect(Collectors.joining(", "));
    }

    /** A body that shows to the call what is read of it. */
    InputStream watch(InputStream body) {
        return new FilterInputStream(body) {
            @Override
            public int read() throws IOException {
                int one = super.read();
                // Every word of interest is ASCII.
                if (one >= 0) keep(String.valueOf((char) one));
                return one;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = super.read(into, offset, length);
                if (count > 0) keep(new String(into, offset, count, StandardCharsets.ISO_8859_1));
                return count;
            }

            @Override
            public boolean markSupported() {
                return false;
            }
        };
    }

    void authorized(String authorization) {
        if (isAdminKey(authorization)) namesUser = true;
    }

    static boolean isAdminKey(String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, "KakaoAK", 0, 7);
    }

    void answered(int code) {
        status = code;
        millis = (System.nanoTime() - began) / 1_000_000;
    }

    synchronized void keep(String text) {
        if (body.length() + text.length() <= MOST_CHARS) body.append(text);
        else body.append('{');
    }

    /** Only words of a known shape leave the body. */
    private synchronized Stream<String> words(Set<String> ownIds) {
        boolean ofOther = namesUser && (id().isEmpty() || !ownIds.contains(id()));
        return Stream.concat(bodyWords(ofOther), ofOther ? Stream.of("target=other") : Stream.empty());
    }

    private Stream<String> bodyWords(boolean ofOther) {
        if (status >= 400) return Stream.concat(word("code", CODE), word("code", KOE)).limit(1);
        if (!path.equals("/v2/user/me") || ofOther) return Stream.empty();
        Stream<String> signedUp = lacksSignedUp() ? Stream.of("has_signed_up=none") : word("has_signed_up", SIGNED_UP);
        return Stream.concat(signedUp, word("connected_at", CONNECTED_AT));
    }

    /** The first id in the answer; empty where it has none. */
    private synchronized String id() {
        Matcher found = ID.matcher(body);
        return found.find() ? found.group(1) : "";
    }

    private boolean lacksSignedUp() {
        return whole && isWholeObject() && ID.matcher(body).find() && body.indexOf("\"has_signed_up\"") < 0;
    }

    /** Whether the body was read to its end: braces outside of strings close as often as they open. */
    private boolean isWholeObject() {
        int open = 0;
        boolean inString = false;
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (inString && c == '\\') i++;
            else if (c == '"') inString = !inString;
            else if (!inString && c == '{') open++;
            else if (!inString && c == '}') open--;
        }
        return body.toString().strip().startsWith("{") && open == 0 && !inString;
    }

    private Stream<String> word(String name, Pattern pattern) {
        Matcher found = pattern.matcher(body);
        return found.find() ? Stream.of(name + "=" + found.group(1)) : Stream.empty();
    }

    private String metric(Set<String> ownIds) {
        // A segment that is not plainly a word could be an id.
        String worded = Stream.of(path.split("/", -1))
            .map(segment -> WORD.matcher(segment).matches() ? segment : "~")
            .collect(Collectors.joining("/"));
        String desc = Stream.concat(Stream.of(method, worded, String.valueOf(status)), words(ownIds))
            .collect(Collectors.joining(" "));
        return "kakao;desc=\"" + desc + "\";dur=" + millis;
    }
}
