-- What each target was told: once, or until until_at.
CREATE TABLE notice_mark (
  target   VARCHAR(63)  NOT NULL,
  name     VARCHAR(512) NOT NULL,
  told_at  BIGINT       NOT NULL,
  until_at BIGINT,
  PRIMARY KEY (target, name)
);

-- Notices that are written and not known to be sent, in their order.
CREATE TABLE letter (
  seq        BIGINT      NOT NULL PRIMARY KEY,
  target     VARCHAR(63) NOT NULL,
  written_at BIGINT      NOT NULL,
  body       TEXT        NOT NULL
);
CREATE INDEX letter_target ON letter (target, seq);
