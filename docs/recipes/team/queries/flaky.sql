-- Sites where one and the same build is completed sometimes and missed sometimes: races, slow pages, two ways to log in.
SELECT
    ifNull(site, '') AS on_site,
    build,
    countIf(verdict = 'complete') AS completed,
    countIf(verdict IN ('missed', 'late')) AS misses,
    round(misses / (completed + misses), 3) AS share
FROM logins FINAL
WHERE kind != 'repeat' AND NOT rehearsal
GROUP BY on_site, build
HAVING completed > 0 AND misses > 0
ORDER BY least(completed, misses) DESC, on_site, build
LIMIT 200
