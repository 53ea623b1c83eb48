package org.apache.catalina.webresources;

import java.net.URL;
import java.net.URLStreamHandler;
import java.net.URLStreamHandlerFactory;
import java.util.ArrayList;
import java.util.List;

/** Stands in for Tomcat 9 and 10's: it takes the one place in the process, and lets others in. */
public class TomcatURLStreamHandlerFactory implements URLStreamHandlerFactory {
    private static TomcatURLStreamHandlerFactory instance;
    private final List<URLStreamHandlerFactory> others = new ArrayList<>();

    public static TomcatURLStreamHandlerFactory getInstance() {
        if (instance == null) {
            instance = new TomcatURLStreamHandlerFactory();
            URL.setURLStreamHandlerFactory(instance);
        }
        return instance;
    }

    public void addUserFactory(URLStreamHandlerFactory factory) {
        others.add(factory);
    }

    @Override
    public URLStreamHandler createURLStreamHandler(String protocol) {
        for (URLStreamHandlerFactory other : others) {
            URLStreamHandler handler = other.createURLStreamHandler(protocol);
            if (handler != null) return handler;
        }
        return null;
    }
}
