-- Tables for what a team's browsers and pipelines report. ClickHouse 18.16 or newer; nothing has to be set.
-- Instants come as ISO 8601 text and become columns of their own. A login that is judged again at a later instant replaces
-- what was known of it: ask with FINAL.
-- An app is known by the hash of its key, as masked keys may look alike; where no hash is known, by the key as it came.

CREATE TABLE IF NOT EXISTS logins (
    id String,
    session_id String,
    session String,
    tester String,
    build String,
    environment String,
    client_id String,
    app_key_hash Nullable(String),
    app String MATERIALIZED ifNull(app_key_hash, client_id),
    site Nullable(String),
    redirect_uri Nullable(String),
    account Nullable(String),
    started_at String,
    logged_in_at String,
    deadline String,
    kind String,
    kind_because String,
    kind_certainty String,
    verdict String,
    verdict_because String,
    verdict_certainty String,
    verdict_doubt Nullable(String),
    visibility String,
    visibility_because String,
    rehearsal UInt8,
    completed_at Nullable(String),
    completed_by_source Nullable(String),
    completed_by_method Nullable(String),
    completed_by_path Nullable(String),
    completed_by_status Nullable(UInt16),
    calls UInt32,
    calls_counted UInt32,
    calls_text String,
    findings String,
    worst_severity Nullable(String),
    worst_finding Nullable(String),
    worst_fix Nullable(String),
    worst_console Nullable(String),
    worst_docs Nullable(String),
    worst_evidence Nullable(String),
    evaluated_at String,
    policy String,
    generator_version String,
    logged_in DateTime MATERIALIZED parseDateTimeBestEffort(logged_in_at),
    evaluated DateTime MATERIALIZED parseDateTimeBestEffort(evaluated_at),
    -- Milliseconds from the login to what completed it; null where nothing did, or where no instant is known.
    completed_after Nullable(Int64) MATERIALIZED
        (toInt64(toUnixTimestamp(parseDateTimeBestEffortOrNull(completed_at))) - toUnixTimestamp(parseDateTimeBestEffort(logged_in_at))) * 1000
        + toInt64OrZero(substring(assumeNotNull(completed_at), 21, 3)) - toInt64OrZero(substring(logged_in_at, 21, 3))
) ENGINE = ReplacingMergeTree(evaluated)
PARTITION BY toYYYYMM(logged_in)
ORDER BY (app, ifNull(site, ''), logged_in_at, id);

-- One row a call, out of OTLP. The same call told again is the same row.
CREATE TABLE IF NOT EXISTS calls (
    login_id String,
    client_id String,
    app_key_hash Nullable(String),
    app String MATERIALIZED ifNull(app_key_hash, client_id),
    site String,
    build String,
    tester String,
    method String,
    path String,
    status UInt16,
    counts UInt8,
    source String,
    at String,
    evaluated_at String,
    called DateTime MATERIALIZED parseDateTimeBestEffort(at),
    evaluated DateTime MATERIALIZED parseDateTimeBestEffort(evaluated_at)
) ENGINE = ReplacingMergeTree(evaluated)
PARTITION BY toYYYYMM(called)
ORDER BY (app, site, login_id, at, method, path);

-- One row a finding of a login, out of OTLP. A finding that a later judgement no longer has stays here: join `logins`, whose
-- column `findings` names those of the latest.
CREATE TABLE IF NOT EXISTS findings (
    login_id String,
    client_id String,
    app_key_hash Nullable(String),
    app String MATERIALIZED ifNull(app_key_hash, client_id),
    site String,
    build String,
    tester String,
    rule String,
    severity String,
    title String,
    logged_in_at String,
    evaluated_at String,
    logged_in DateTime MATERIALIZED parseDateTimeBestEffort(logged_in_at),
    evaluated DateTime MATERIALIZED parseDateTimeBestEffort(evaluated_at)
) ENGINE = ReplacingMergeTree(evaluated)
PARTITION BY toYYYYMM(logged_in)
ORDER BY (app, site, login_id, rule);
