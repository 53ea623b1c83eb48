-- Where logins cannot be judged: the share of first logins whose calls could not be seen, and why, by site.
SELECT
    ifNull(site, '') AS on_site,
    count() AS first_logins,
    countIf(verdict = 'unseen') AS unseen,
    round(unseen / first_logins, 3) AS share,
    arrayStringConcat(arraySort(groupUniqArrayIf(visibility_because, verdict = 'unseen')), ' ') AS because
FROM logins FINAL
WHERE kind != 'repeat' AND NOT rehearsal
GROUP BY on_site
ORDER BY share DESC, first_logins DESC, on_site
LIMIT 200
