-- Answers to requests of agents: the first one to each counts. The outcome is null until the host
-- has said what became of it.
CREATE TABLE answer_order (
  request VARCHAR(32)  NOT NULL PRIMARY KEY,
  session VARCHAR(26)  NOT NULL,
  host    VARCHAR(255) NOT NULL,
  body    TEXT         NOT NULL,
  outcome TEXT
);
CREATE INDEX answer_order_host ON answer_order (host);
