<?php

/*
 * Runs the Laravel recipe's middleware over Debian's Guzzle and Illuminate, in one process for many requests as Octane
 * does. Each line of the input is an order {via, paths, token, fresh, own}; each line of the output is what came of it.
 * Kakao is reached by the proxy in HTTPS_PROXY.
 */

namespace App\Http\Middleware {
    // Laravel's own reads .env as well.
    function env(string $name): ?string
    {
        return getenv($name) ?: null;
    }
}

namespace {
    error_reporting(E_ALL & ~E_DEPRECATED);
    foreach (['GuzzleHttp', 'Illuminate/Http', 'Illuminate/Support'] as $library) {
        require "/usr/share/php/$library/autoload.php";
    }
    require $argv[1];

    use App\Http\Middleware\LinkwatchServerTiming;
    use Illuminate\Http\Client\Factory;
    use Illuminate\Http\Client\PendingRequest;
    use Illuminate\Http\Request;
    use Illuminate\Http\Response;
    use Illuminate\Support\Facades\Facade;
    use Illuminate\Support\Facades\Http;

    /** Debian's Laravel is older than global middleware; this is what it is from Laravel 10.14 on. */
    class FactoryOfToday extends Factory
    {
        private array $global = [];

        public function globalMiddleware(callable $middleware): static
        {
            $this->global[] = $middleware;

            return $this;
        }

        protected function newPendingRequest(): PendingRequest
        {
            return array_reduce($this->global, fn ($request, $one) => $request->withMiddleware($one), parent::newPendingRequest());
        }
    }

    $app = new ArrayObject([Factory::class => new FactoryOfToday]);
    Facade::setFacadeApplication($app);

    $call = [
        'http' => fn ($method, $url, $authorization) => Http::withHeaders(['Authorization' => $authorization])->send($method, $url)->body(),
        'client' => fn ($method, $url, $authorization) => (string) LinkwatchServerTiming::client(['http_errors' => false])
            ->request($method, $url, ['headers' => ['Authorization' => $authorization]])->getBody(),
        'streamed' => fn ($method, $url, $authorization) => (string) LinkwatchServerTiming::client(['http_errors' => false])
            ->request($method, $url, ['stream' => true, 'headers' => ['Authorization' => $authorization]])->getBody(),
        'own' => fn ($method, $url, $authorization) => (string) (new GuzzleHttp\Client(['http_errors' => false]))
            ->request($method, $url, ['headers' => ['Authorization' => $authorization]])->getBody(),
    ];

    while ($line = fgets(STDIN)) {
        $order = json_decode($line, true);
        if ($order['fresh'] ?? false) {
            // Octane's sandbox: the request has a factory of its own.
            $app[Factory::class] = new FactoryOfToday;
            Facade::clearResolvedInstances();
        }
        $bodies = [];
        $next = function () use ($order, $call, &$bodies) {
            foreach ($order['paths'] as $path) {
                [$method, $target, $own] = [...explode(' ', $path, 3), null];
                $host = str_starts_with($target, '/oauth') ? 'kauth.kakao.com' : 'kapi.kakao.com';
                try {
                    $bodies[] = $call[$order['via']]($method, "https://$host$target", $own ?? "Bearer {$order['token']}");
                } catch (Throwable $error) {
                    $bodies[] = $error::class;
                }
            }
            $response = new Response('', 302, ['Location' => '/next']);
            if (isset($order['own'])) {
                $response->headers->set('Server-Timing', $order['own']);
            }

            return $response;
        };
        $response = (new LinkwatchServerTiming)->handle(Request::create('/cb'), $next);
        echo json_encode([
            'status' => $response->getStatusCode(),
            'timing' => implode(', ', $response->headers->all('Server-Timing')),
            'bodies' => $bodies,
        ]), "\n";
    }
}
