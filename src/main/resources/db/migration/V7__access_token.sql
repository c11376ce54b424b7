-- Tokens that people made for programs and agents: the digest only, never the token.
CREATE TABLE access_token (
  name       VARCHAR(64) NOT NULL PRIMARY KEY,
  scope      VARCHAR(16) NOT NULL,
  digest     VARCHAR(64) NOT NULL UNIQUE,
  created_at BIGINT      NOT NULL
);
