-- What is wrong most often, with the sites it is wrong on. A finding that the latest judgement no longer has is left out.
SELECT
    rule,
    any(severity) AS severity,
    any(title) AS what,
    uniqExact(login_id) AS logins,
    arrayStringConcat(arraySort(groupUniqArray(site)), ' ') AS sites
FROM findings FINAL
ANY INNER JOIN (SELECT id AS login_id, findings AS latest FROM logins FINAL) USING login_id
WHERE has(splitByChar(' ', latest), rule)
GROUP BY rule
ORDER BY logins DESC, rule
LIMIT 200
