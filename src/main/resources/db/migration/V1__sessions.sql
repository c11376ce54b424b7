-- Portable SQL only: the same text runs on SQLite and PostgreSQL.

-- A session that was not removed, with its fold as JSON.
CREATE TABLE session (
  id   VARCHAR(26)  NOT NULL PRIMARY KEY,
  host VARCHAR(255) NOT NULL,
  body TEXT         NOT NULL
);
CREATE INDEX session_host ON session (host);

-- How far each generation of a host's journal has been read. Moves only in the transaction that
-- stores what was read.
CREATE TABLE journal_cursor (
  host       VARCHAR(255) NOT NULL,
  generation VARCHAR(64)  NOT NULL,
  off        BIGINT       NOT NULL,
  PRIMARY KEY (host, generation)
);

-- What happened. One origin (a place in a journal, or an act of the service) counts once.
CREATE TABLE event (
  seq     BIGINT       NOT NULL PRIMARY KEY,
  host    VARCHAR(255) NOT NULL,
  session VARCHAR(26)  NOT NULL,
  origin  VARCHAR(128) NOT NULL,
  read_at BIGINT       NOT NULL,
  body    TEXT         NOT NULL,
  UNIQUE (host, session, origin)
);
CREATE INDEX event_session ON event (session, seq);

-- Launches of runs that have not begun yet. Holds prompts and environments until then.
CREATE TABLE launch_order (
  session VARCHAR(26)  NOT NULL,
  run     INTEGER      NOT NULL,
  host    VARCHAR(255) NOT NULL,
  body    TEXT         NOT NULL,
  PRIMARY KEY (session, run)
);

-- Removals that were asked for and are not known to be finished. A newer run than the one that had
-- ended then is not meant.
CREATE TABLE removal_order (
  session VARCHAR(26)  NOT NULL PRIMARY KEY,
  host    VARCHAR(255) NOT NULL,
  run     INTEGER      NOT NULL,
  force   INTEGER      NOT NULL
);

CREATE TABLE host_heard (
  host VARCHAR(255) NOT NULL PRIMARY KEY,
  at   BIGINT       NOT NULL
);

CREATE TABLE audit (
  seq     BIGINT       NOT NULL PRIMARY KEY,
  at      BIGINT       NOT NULL,
  who     VARCHAR(255) NOT NULL,
  action  VARCHAR(64)  NOT NULL,
  host    VARCHAR(255),
  session VARCHAR(26),
  outcome TEXT         NOT NULL
);
