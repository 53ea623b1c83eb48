-- First logins that were not completed in time, by build, site, app and week: which release stopped calling?
SELECT
    toMonday(logged_in) AS week,
    build,
    ifNull(site, '') AS on_site,
    app,
    any(client_id) AS app_key,
    count() AS first_logins,
    countIf(verdict IN ('missed', 'late')) AS misses,
    round(misses / first_logins, 3) AS share
FROM logins FINAL
WHERE kind != 'repeat' AND NOT rehearsal
GROUP BY week, build, on_site, app
ORDER BY share DESC, week, build, on_site, app
LIMIT 200
