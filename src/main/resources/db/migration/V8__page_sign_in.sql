-- Browsers that are signed in to the page: the digest of each one's secret, never the secret.
CREATE TABLE page_sign_in (
  digest   VARCHAR(64) NOT NULL PRIMARY KEY,
  until_at BIGINT      NOT NULL
);
