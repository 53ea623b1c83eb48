<?php

/*
 * For Laravel 10.14 to 12 on PHP 8.1 or later, Octane included. Tests run it over Guzzle and Laravel's Http client, but
 * not in a whole application: check it with the README's curl line.
 *
 * Linkwatch for Kakao Login: what this server asked of Kakao, told in the Server-Timing response header.
 * Save it as app/Http/Middleware/LinkwatchServerTiming.php, make it the outermost middleware of the web group, and start
 * with LINKWATCH_SERVER_TIMING=1 in the environment (not only in .env once the configuration is cached). Without it the
 * middleware passes every request on untouched. Meant for test environments.
 *
 *   Laravel 11 and later, bootstrap/app.php:
 *     ->withMiddleware(fn ($middleware) => $middleware->web(prepend: [LinkwatchServerTiming::class]))
 *   Laravel 10, app/Http/Kernel.php: first entry of $middlewareGroups['web'].
 *
 * Sees calls made with Laravel's Http client. Socialite uses a Guzzle client of its own; give it the watched one, for
 * instance where the redirect and the callback name the driver:
 *
 *     Socialite::driver('kakao')->setHttpClient(LinkwatchServerTiming::client())
 *
 * Any other Guzzle client: new GuzzleHttp\Client(['handler' => LinkwatchServerTiming::stack()]).
 *
 * The header holds method, path and status of each call, an error code, has_signed_up, connected_at and whether it names
 * its user, as with the admin key; no query, no token, no code, nothing of the user.
 */

namespace App\Http\Middleware;

use Closure;
use GuzzleHttp\Client;
use GuzzleHttp\Exception\RequestException;
use GuzzleHttp\HandlerStack;
use GuzzleHttp\Promise\Create;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Http;
use Psr\Http\Message\RequestInterface;
use Psr\Http\Message\ResponseInterface;
use Symfony\Component\HttpFoundation\Response;
use WeakMap;

class LinkwatchServerTiming
{
    /** Proxies often refuse more than 4 KB of headers, so a report has an end. */
    private const MOST_CALLS = 20;

    private const MOST_BYTES = 65536;

    /** Metrics of the request being answered; null outside of one. */
    private static ?array $metrics = null;

    /** Ids in the answers to calls that carried a token: those of whoever is logged in. */
    private static array $ownIds = [];

    /** The factories of Laravel's Http client that are watched. */
    private static ?WeakMap $watched = null;

    public function handle(Request $request, Closure $next): Response
    {
        if (getenv('LINKWATCH_SERVER_TIMING') !== '1' && env('LINKWATCH_SERVER_TIMING') != '1') {
            return $next($request);
        }
        self::$metrics = [];
        self::$ownIds = [];
        self::watchHttp();
        try {
            $response = $next($request);
            if (self::$metrics) {
                $response->headers->set('Server-Timing', implode(', ', self::$metrics), false);
            }

            return $response;
        } finally {
            self::$metrics = null;
        }
    }

    /** A Guzzle client whose calls to Kakao are told. */
    public static function client(array $options = []): Client
    {
        return new Client(['handler' => self::stack()] + $options);
    }

    /** Guzzle's usual handlers, watched. */
    public static function stack(): HandlerStack
    {
        $stack = HandlerStack::create();
        $stack->push(self::watch(), 'linkwatch');

        return $stack;
    }

    /** Watches Laravel's Http client, once: under Octane each request has another one in the same process. */
    private static function watchHttp(): void
    {
        self::$watched ??= new WeakMap;
        $http = Http::getFacadeRoot();
        if (! isset(self::$watched[$http])) {
            self::$watched[$http] = true;
            $http->globalMiddleware(self::watch());
        }
    }

    private static function watch(): Closure
    {
        return fn (callable $handler) => function (RequestInterface $request, array $options) use ($handler) {
            $began = hrtime(true);

            $note = fn (?ResponseInterface $response) => self::note($request, $response, intdiv(hrtime(true) - $began, 1_000_000));

            return $handler($request, $options)->then(
                function (ResponseInterface $response) use ($note) {
                    $note($response);

                    return $response;
                },
                function ($reason) use ($note) {
                    $note($reason instanceof RequestException ? $reason->getResponse() : null);

                    return Create::rejectionFor($reason);
                },
            );
        };
    }

    private static function note(RequestInterface $request, ?ResponseInterface $response, int $millis): void
    {
        $host = strtolower($request->getUri()->getHost());
        $path = $request->getUri()->getPath();
        $kakao = $host === 'kapi.kakao.com' || ($host === 'kauth.kakao.com' && trim($path, '/') === 'oauth/token');
        if (! $kakao || self::$metrics === null || count(self::$metrics) >= self::MOST_CALLS) {
            return;
        }
        $body = $response === null ? [] : self::body($response);
        $id = $body['id'] ?? null;
        $namesUser = self::namesUser($request);
        if (! $namesUser && $id !== null && in_array($path, ['/v2/user/me', '/v1/user/access_token_info'], true)) {
            self::$ownIds[] = $id;
        }
        $ofOther = $namesUser && ! in_array($id, self::$ownIds, true);
        // Without an answer the status is 0.
        $told = $response === null ? [0] : [$response->getStatusCode(), ...self::words($request, $response, $body, $ofOther)];
        $words = [$request->getMethod(), self::worded($path), ...$told, ...($ofOther ? ['target=other'] : [])];
        self::$metrics[] = sprintf('kakao;desc="%s";dur=%d', implode(' ', $words), $millis);
    }

    /** Whether a call names its user, as calls with the admin key do, so that it need not be about who is logged in. */
    private static function namesUser(RequestInterface $request): bool
    {
        return preg_match('/^KakaoAK\b/i', $request->getHeaderLine('Authorization')) === 1
            || preg_match('/(^|&)target_id=/', $request->getUri()->getQuery()) === 1;
    }

    /** The path, with ~ for every segment that is not plainly a word: it could be an id. */
    private static function worded(string $path): string
    {
        $word = fn (string $segment) => preg_match('/^([a-z][a-z_-]{0,30}[0-9]{0,2})?$/iD', $segment) ? $segment : '~';

        return implode('/', array_map($word, explode('/', $path)));
    }

    /** The body, which stays as it was for the application. */
    private static function body(ResponseInterface $response): array
    {
        $stream = $response->getBody();
        if (! $stream->isSeekable() || $stream->getSize() > self::MOST_BYTES) {
            return [];
        }
        $body = json_decode((string) $stream, true);
        $stream->rewind();

        return is_array($body) ? $body : [];
    }

    /** Only words of a known shape leave the body. */
    private static function words(RequestInterface $request, ResponseInterface $response, array $body, bool $ofOther): array
    {
        $words = [];
        if ($response->getStatusCode() >= 400) {
            $code = $body['code'] ?? null;
            $koe = $body['error_code'] ?? null;
            if (is_int($code) && $code < 0) {
                $words[] = "code=$code";
            } elseif (is_string($koe) && preg_match('/^KOE[0-9]{3,4}$/D', $koe)) {
                $words[] = "code=$koe";
            }
        } elseif ($request->getUri()->getPath() === '/v2/user/me' && ! $ofOther) {
            // Whether a field that the answer lacks is lacking at Kakao: property_keys asks for some fields alone.
            $whole = $request->getMethod() === 'GET' && ! str_contains($request->getUri()->getQuery(), 'property_keys');
            $signedUp = $body['has_signed_up'] ?? null;
            $connectedAt = $body['connected_at'] ?? null;
            if (is_bool($signedUp)) {
                $words[] = 'has_signed_up='.($signedUp ? 'true' : 'false');
            } elseif ($whole && isset($body['id']) && ! array_key_exists('has_signed_up', $body)) {
                $words[] = 'has_signed_up=none';
            }
            if (is_string($connectedAt)
                && preg_match('/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/D', $connectedAt)) {
                $words[] = "connected_at=$connectedAt";
            }
        }

        return $words;
    }
}
