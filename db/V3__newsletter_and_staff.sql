-- Times are UTC. Text is utf8mb4; keys that only machines read are ascii.

CREATE TABLE newsletter (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  slug VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(120) NOT NULL,
  description VARCHAR(400) NOT NULL,
  -- NULL in these four: the settings postrider.newsletter.* say it.
  sender_name VARCHAR(120) NULL,
  sender_email VARCHAR(254) NULL,
  postal_address VARCHAR(400) NULL,
  time_zone VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  reply_to VARCHAR(254) NULL,
  -- Bit 0 is Monday, bit 6 is Sunday.
  days TINYINT UNSIGNED NOT NULL,
  send_time TIME NOT NULL,
  language VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'en',
  design VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'front-page',
  story_count INT NOT NULL DEFAULT 7,
  story_window_hours INT NOT NULL DEFAULT 72,
  useless_after_minutes INT NOT NULL DEFAULT 720,
  -- Spreads an edition over so many minutes; 0: at once.
  send_window_minutes INT NOT NULL DEFAULT 0,
  -- Whether a new reader is mailed the latest edition at once.
  welcome BOOLEAN NOT NULL DEFAULT TRUE,
  created_at DATETIME(6) NOT NULL,
  CONSTRAINT newsletter_slug UNIQUE (slug),
  CONSTRAINT newsletter_days CHECK (days BETWEEN 1 AND 127)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

INSERT INTO newsletter (slug, name, description, days, send_time, created_at)
VALUES ('highlights', 'News highlights', 'The day''s most important stories, chosen by our editors.', 21, '07:00:00', UTC_TIMESTAMP(6));

-- How stories are ranked and chosen. A newsletter without a row has the built-in rules.
CREATE TABLE picking_rules (
  newsletter_id BIGINT NOT NULL PRIMARY KEY,
  position_weight DOUBLE NOT NULL,
  section_weight DOUBLE NOT NULL,
  recency_weight DOUBLE NOT NULL,
  boost_weight DOUBLE NOT NULL,
  engagement_weight DOUBLE NOT NULL,
  sources_weight DOUBLE NOT NULL,
  image_weight DOUBLE NOT NULL,
  half_life_minutes INT NOT NULL,
  minimum_stories INT NOT NULL,
  -- SKIP, MERGE, WIDEN or EVERGREEN.
  slow_news VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  CONSTRAINT picking_rules_newsletter FOREIGN KEY (newsletter_id) REFERENCES newsletter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What a section is worth, and how many of its stories an edition carries at most.
CREATE TABLE section_rule (
  newsletter_id BIGINT NOT NULL,
  section VARCHAR(100) COLLATE utf8mb4_bin NOT NULL,
  weight DOUBLE NULL,
  most INT NULL,
  PRIMARY KEY (newsletter_id, section),
  CONSTRAINT section_rule_newsletter FOREIGN KEY (newsletter_id) REFERENCES newsletter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE kind_quota (
  newsletter_id BIGINT NOT NULL,
  kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  least INT NOT NULL,
  most INT NOT NULL,
  PRIMARY KEY (newsletter_id, kind),
  CONSTRAINT kind_quota_newsletter FOREIGN KEY (newsletter_id) REFERENCES newsletter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What a newsletter keeps about its readers beyond address and name: fields of its mails.
CREATE TABLE newsletter_attribute (
  newsletter_id BIGINT NOT NULL,
  name VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  label VARCHAR(120) NOT NULL,
  -- What stands in the mail of a reader of whom it is not known.
  fallback VARCHAR(400) NOT NULL,
  PRIMARY KEY (newsletter_id, name),
  CONSTRAINT newsletter_attribute_newsletter FOREIGN KEY (newsletter_id) REFERENCES newsletter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What stands in mails that were made while an attribute was declared and leave when it is forgotten.
CREATE TABLE newsletter_former_attribute (
  newsletter_id BIGINT NOT NULL,
  name VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fallback VARCHAR(400) NOT NULL,
  PRIMARY KEY (newsletter_id, name),
  CONSTRAINT newsletter_former_attribute_newsletter FOREIGN KEY (newsletter_id) REFERENCES newsletter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE staff_member (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(254) COLLATE utf8mb4_bin NOT NULL,
  name VARCHAR(120) NOT NULL,
  -- EDITOR or ADMIN; an admin may do all that an editor may.
  role VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- NULL until the invitation is taken up.
  password VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NULL,
  disabled_at DATETIME(6) NULL,
  created_at DATETIME(6) NOT NULL,
  last_login_at DATETIME(6) NULL,
  CONSTRAINT staff_member_email UNIQUE (email)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- One-time links: the first admin's, invitations, password resets. Only the hash is kept.
CREATE TABLE staff_link (
  hash BINARY(32) NOT NULL PRIMARY KEY,
  purpose VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- NULL for the first admin, who has no account yet.
  staff_member_id BIGINT NULL,
  created_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  used_at DATETIME(6) NULL,
  CONSTRAINT staff_link_member FOREIGN KEY (staff_member_id) REFERENCES staff_member (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE api_token (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  hash BINARY(32) NOT NULL,
  name VARCHAR(120) NOT NULL,
  staff_member_id BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  last_used_at DATETIME(6) NULL,
  revoked_at DATETIME(6) NULL,
  CONSTRAINT api_token_hash UNIQUE (hash),
  CONSTRAINT api_token_member FOREIGN KEY (staff_member_id) REFERENCES staff_member (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE audit (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at DATETIME(6) NOT NULL,
  -- NULL: the system itself.
  staff_member_id BIGINT NULL,
  actor VARCHAR(254) NOT NULL,
  action VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(200) NOT NULL,
  detail VARCHAR(1000) NULL,
  KEY audit_at (at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
