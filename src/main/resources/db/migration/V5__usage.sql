-- What sessions used, added up for each day and model. Outlives its sessions. Money is in millionths
-- of a US dollar, so that sums are exact.
CREATE TABLE spent (
  session        VARCHAR(26)  NOT NULL,
  day            VARCHAR(10)  NOT NULL,
  model          VARCHAR(255) NOT NULL,
  host           VARCHAR(255) NOT NULL,
  repo           VARCHAR(255) NOT NULL,
  account        VARCHAR(255) NOT NULL,
  cost_micros    BIGINT       NOT NULL,
  input_tokens   BIGINT       NOT NULL,
  output_tokens  BIGINT       NOT NULL,
  lines_added    BIGINT       NOT NULL,
  lines_removed  BIGINT       NOT NULL,
  PRIMARY KEY (session, day, model)
);
CREATE INDEX spent_day ON spent (day);

-- The newest reading of each account's quota.
CREATE TABLE quota (
  account VARCHAR(255) NOT NULL PRIMARY KEY,
  as_of   BIGINT       NOT NULL,
  body    TEXT         NOT NULL
);
