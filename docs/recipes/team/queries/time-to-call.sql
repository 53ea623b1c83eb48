-- How long after the login the completing call came, by build and site, in milliseconds.
SELECT
    build,
    ifNull(site, '') AS on_site,
    count() AS completed,
    quantileExact(0.5)(completed_after) AS median,
    quantileExact(0.95)(completed_after) AS slowest_5_percent,
    max(completed_after) AS slowest
FROM logins FINAL
WHERE completed_after IS NOT NULL AND NOT rehearsal
GROUP BY build, on_site
ORDER BY slowest_5_percent DESC, build, on_site
LIMIT 200
