/*
 * NO TEST COMPILES OR RUNS THIS FILE. It was written for spring-security 6.4 and 6.5; check it with the README's curl line.
 *
 * Beside the other files here, for projects whose Kakao login is spring-security's oauth2Login. Its two calls to
 * Kakao use clients of their own, which these beans replace by the same clients, watched. oauth2Login picks both beans
 * up by itself, unless your configuration names an accessTokenResponseClient or a userService: then add
 * LinkwatchServerTiming.interceptor() to the RestClient or RestTemplate inside yours instead of using this file.
 */
package com.example;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "LINKWATCH_SERVER_TIMING", havingValue = "1")
public class LinkwatchOAuth2Login {

    @Bean
    OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> linkwatchTokenClient() {
        var client = new RestClientAuthorizationCodeTokenResponseClient();
        client.setRestClient(RestClient.builder()
            .messageConverters(converters -> {
                converters.clear();
                converters.add(new FormHttpMessageConverter());
                converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
            })
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .requestInterceptor(LinkwatchServerTiming.interceptor())
            .build());
        return client;
    }

    @Bean
    DefaultOAuth2UserService linkwatchUserService() {
        var template = new RestTemplate();
        template.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        template.setInterceptors(List.of(LinkwatchServerTiming.interceptor()));
        var service = new DefaultOAuth2UserService();
        service.setRestOperations(template);
        return service;
    }
}
