CREATE TABLE subscriber (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  -- As mail is addressed: domain in its ASCII form. NULL once ERASED.
  email VARCHAR(254) COLLATE utf8mb4_bin NULL,
  -- The same in lower case: one mailbox is one subscriber however it is typed.
  email_key VARCHAR(254) COLLATE utf8mb4_bin NULL,
  name VARCHAR(120) NULL,
  status ENUM('PENDING', 'ACTIVE', 'UNSUBSCRIBED', 'SUPPRESSED', 'ERASED') NOT NULL,
  status_reason VARCHAR(200) NULL,
  created_at DATETIME(6) NOT NULL,
  confirmed_at DATETIME(6) NULL,
  status_changed_at DATETIME(6) NOT NULL,
  -- How often it has moved to another mailbox: links in mails to an earlier one open nothing but the way out.
  moves SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  CONSTRAINT subscriber_email_key UNIQUE (email_key),
  KEY subscriber_status (status, id),
  KEY subscriber_status_email (status, email_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What became of a subscriber: each change of the status after the first, by whom and why.
CREATE TABLE subscriber_status_change (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  subscriber_id BIGINT NOT NULL,
  status ENUM('PENDING', 'ACTIVE', 'UNSUBSCRIBED', 'SUPPRESSED', 'ERASED') NOT NULL,
  reason VARCHAR(200) NULL,
  -- The relay's words, or the staff's; forgotten when the subscriber is erased.
  detail VARCHAR(300) NULL,
  -- As of a consent.
  channel VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The staff's account, where it was one.
  actor VARCHAR(254) NULL,
  at DATETIME(6) NOT NULL,
  KEY subscriber_status_change_subscriber (subscriber_id, id),
  CONSTRAINT subscriber_status_change_fk FOREIGN KEY (subscriber_id) REFERENCES subscriber (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Sign-ups as they came in, worked off within moments: an answer takes as long whoever's address it is.
CREATE TABLE sign_up (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  newsletter_id BIGINT NOT NULL,
  -- A JSON object: address, name, choice, wording, evidence.
  content TEXT NOT NULL,
  attempts INT NOT NULL,
  next_attempt_at DATETIME(6) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  KEY sign_up_due (next_attempt_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Proofs of work that were handed in: each is good once, whatever process it comes to.
CREATE TABLE spent_proof (
  nonce BIGINT NOT NULL PRIMARY KEY,
  expires_at DATETIME(6) NOT NULL,
  KEY spent_proof_expiry (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- A live subscription is confirmed and not left.
CREATE TABLE subscription (
  newsletter_id BIGINT NOT NULL,
  subscriber_id BIGINT NOT NULL,
  -- Bit 0 is Monday. NULL: every day the newsletter comes out.
  days TINYINT UNSIGNED NULL,
  -- Sections, comma separated. NULL: all.
  topics VARCHAR(1000) NULL,
  -- Of the mail's own words, and how it looks. NULL: as the newsletter has it.
  language VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  design VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
  -- The first date on which mail comes again.
  paused_until DATE NULL,
  requested_at DATETIME(6) NOT NULL,
  confirmed_at DATETIME(6) NULL,
  left_at DATETIME(6) NULL,
  -- Whether anything was chosen that makes a mail another; NULL: no. For the few among many who did.
  chose BOOLEAN AS (CASE WHEN topics IS NULL AND language IS NULL AND design IS NULL THEN NULL ELSE TRUE END)
    VIRTUAL,
  PRIMARY KEY (newsletter_id, subscriber_id),
  KEY subscription_chose (newsletter_id, chose),
  KEY subscription_subscriber (subscriber_id),
  CONSTRAINT subscription_newsletter FOREIGN KEY (newsletter_id) REFERENCES newsletter (id),
  CONSTRAINT subscription_subscriber_fk FOREIGN KEY (subscriber_id) REFERENCES subscriber (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE subscriber_attribute (
  subscriber_id BIGINT NOT NULL,
  newsletter_id BIGINT NOT NULL,
  name VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  value VARCHAR(400) NOT NULL,
  PRIMARY KEY (subscriber_id, newsletter_id, name),
  KEY subscriber_attribute_declared (newsletter_id, name),
  CONSTRAINT subscriber_attribute_subscriber FOREIGN KEY (subscriber_id) REFERENCES subscriber (id),
  CONSTRAINT subscriber_attribute_declared_fk FOREIGN KEY (newsletter_id, name)
    REFERENCES newsletter_attribute (newsletter_id, name) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- A reader's new address, until a mail to it has verified it; kept for some days after.
CREATE TABLE address_change (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  subscriber_id BIGINT NOT NULL,
  email VARCHAR(254) COLLATE utf8mb4_bin NOT NULL,
  requested_at DATETIME(6) NOT NULL,
  done_at DATETIME(6) NULL,
  -- The mail to it, in the outbox. NULL: it is not made yet, or the address must not be mailed.
  mail_id BIGINT NULL,
  -- A new wish replaces the one before, and its link.
  CONSTRAINT address_change_one UNIQUE (subscriber_id),
  KEY address_change_age (requested_at),
  CONSTRAINT address_change_subscriber FOREIGN KEY (subscriber_id) REFERENCES subscriber (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Addresses somebody typed to be mailed a link, for the moment until each is looked up: nobody who asks can tell by the
-- answer, or by the time it takes, whether the address is known.
CREATE TABLE link_request (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(254) COLLATE utf8mb4_bin NOT NULL,
  -- The wish to move there that the link is to verify. NULL: it leads to the preferences.
  change_id BIGINT NULL,
  attempts INT NOT NULL DEFAULT 0,
  next_attempt_at DATETIME(6) NOT NULL,
  requested_at DATETIME(6) NOT NULL,
  KEY link_request_due (next_attempt_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Why readers left, of those who said so. Without words of their own: nothing here tells of a person.
CREATE TABLE departure_reason (
  newsletter_id BIGINT NOT NULL,
  subscriber_id BIGINT NOT NULL,
  reason ENUM('TOO_OFTEN', 'NOT_FOR_ME', 'READ_ELSEWHERE', 'LOOKS_BROKEN', 'NEVER_ASKED', 'OTHER') NOT NULL,
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (newsletter_id, subscriber_id),
  KEY departure_reason_at (newsletter_id, at, reason),
  CONSTRAINT departure_reason_subscription FOREIGN KEY (newsletter_id, subscriber_id)
    REFERENCES subscription (newsletter_id, subscriber_id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Append-only: what was agreed or withdrawn, when, on which wording. Each row bears the hash of the one before it in
-- its chain, so that a change shows. No statement of ours changes or deletes one.
CREATE TABLE consent (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  subscriber_id BIGINT NOT NULL,
  newsletter_id BIGINT NOT NULL,
  -- LIFTED: the staff took back a suppression of its own.
  action ENUM('SIGNED_UP', 'CONFIRMED', 'CHANGED', 'UNSUBSCRIBED', 'SUPPRESSED', 'ERASED', 'LIFTED') NOT NULL,
  -- FORM, API, IMPORT, ONE_CLICK, PAGE, BOUNCE, COMPLAINT, DEMO, STAFF
  channel VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  wording_version VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  wording VARCHAR(1000) NULL,
  -- The privacy notice that was linked beside the wording.
  privacy_version VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  privacy_url VARCHAR(400) NULL,
  -- SHA-256 of the token in the confirmation link that was clicked.
  token_id BINARY(32) NULL,
  at DATETIME(6) NOT NULL,
  -- By subscriber, so that few wait for each other.
  chain TINYINT UNSIGNED NOT NULL,
  -- Its place in the chain: 1, 2, 3 …
  link BIGINT NOT NULL,
  previous BINARY(32) NOT NULL,
  -- SHA-256 of previous and of every column above but id.
  hash BINARY(32) NOT NULL,
  CONSTRAINT consent_link UNIQUE (chain, link),
  KEY consent_subscriber (subscriber_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- How long each chain is and the hash of its last row: what is cut off at the end shows too.
CREATE TABLE consent_chain (
  chain TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  links BIGINT NOT NULL,
  hash BINARY(32) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

INSERT INTO consent_chain (chain, links, hash) VALUES
  (0, 0, UNHEX(REPEAT('00', 32))), (1, 0, UNHEX(REPEAT('00', 32))), (2, 0, UNHEX(REPEAT('00', 32))), (3, 0, UNHEX(REPEAT('00', 32))), (4, 0, UNHEX(REPEAT('00', 32))), (5, 0, UNHEX(REPEAT('00', 32))), (6, 0, UNHEX(REPEAT('00', 32))), (7, 0, UNHEX(REPEAT('00', 32))),
  (8, 0, UNHEX(REPEAT('00', 32))), (9, 0, UNHEX(REPEAT('00', 32))), (10, 0, UNHEX(REPEAT('00', 32))), (11, 0, UNHEX(REPEAT('00', 32))), (12, 0, UNHEX(REPEAT('00', 32))), (13, 0, UNHEX(REPEAT('00', 32))), (14, 0, UNHEX(REPEAT('00', 32))), (15, 0, UNHEX(REPEAT('00', 32)));

-- What the nightly check of the chains found; one row.
CREATE TABLE consent_check (
  id TINYINT NOT NULL PRIMARY KEY,
  -- Whoever sets it has this day's check.
  day DATE NOT NULL,
  checked_at DATETIME(6) NULL,
  links BIGINT NOT NULL,
  -- NULL: nothing is broken.
  broken VARCHAR(1000) NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

INSERT INTO consent_check (id, day, checked_at, links, broken) VALUES (1, '1970-01-01', NULL, 0, NULL);

-- Evidence lies apart, so that it can expire.
CREATE TABLE consent_evidence (
  consent_id BIGINT NOT NULL PRIMARY KEY,
  ip VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NULL,
  user_agent VARCHAR(400) NULL,
  page VARCHAR(400) NULL,
  expires_at DATETIME(6) NOT NULL,
  KEY consent_evidence_expiry (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Addresses never mailed again unless verified anew. Only a keyed hash: it outlives an erasure.
CREATE TABLE suppression (
  email_hash BINARY(32) NOT NULL PRIMARY KEY,
  -- ERASED, MOVED: its reader had everything erased, or gets mail at another address now.
  reason ENUM('HARD_BOUNCE', 'COMPLAINT', 'MANUAL', 'ERASED', 'MOVED') NOT NULL,
  detail VARCHAR(300) NULL,
  created_at DATETIME(6) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Files of readers, to be taken in by runs of the job "import". A pass is one run over the whole file: dry, which tells
-- what would happen, or real.
CREATE TABLE subscriber_import (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  newsletter_id BIGINT NOT NULL,
  requested_by VARCHAR(254) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  file_name VARCHAR(200) NULL,
  row_count INT NOT NULL DEFAULT 0,
  -- Of subscriber_import_part.
  part_count INT NOT NULL DEFAULT 0,
  -- A JSON array of the names of the columns.
  header TEXT NOT NULL,
  -- A JSON object: which column, from 0, holds what.
  columns_used TEXT NOT NULL,
  -- Where and how these readers agreed. NULL: nobody said.
  consent_source VARCHAR(900) NULL,
  pass INT NOT NULL DEFAULT 0,
  dry BOOLEAN NOT NULL DEFAULT TRUE,
  -- The run that began the pass.
  run_id BIGINT NULL,
  -- How far the pass is: rows up to this line are done, in the transaction of what was done.
  done_line INT NOT NULL DEFAULT 0,
  taken INT NOT NULL DEFAULT 0,
  rejected INT NOT NULL DEFAULT 0,
  finished_at DATETIME(6) NULL,
  CONSTRAINT subscriber_import_newsletter FOREIGN KEY (newsletter_id) REFERENCES newsletter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The file as it came, until it is taken in.
CREATE TABLE subscriber_import_part (
  import_id BIGINT NOT NULL,
  part INT NOT NULL,
  content MEDIUMBLOB NOT NULL,
  PRIMARY KEY (import_id, part),
  CONSTRAINT subscriber_import_part_import FOREIGN KEY (import_id) REFERENCES subscriber_import (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The rows that the last pass rejected; they stay for a while, to be downloaded.
CREATE TABLE subscriber_import_row (
  import_id BIGINT NOT NULL,
  -- The line of the file.
  line INT NOT NULL,
  email VARCHAR(400) COLLATE utf8mb4_bin NOT NULL,
  -- Whose it is, as subscriber.email_key, for erasing. NULL: of no address that could be a subscriber's.
  email_key VARCHAR(254) COLLATE utf8mb4_bin NULL,
  name VARCHAR(400) NOT NULL,
  days VARCHAR(400) NOT NULL,
  topics VARCHAR(1000) NOT NULL,
  status VARCHAR(400) NOT NULL,
  -- A JSON object of those columns that are attributes. NULL: none.
  attributes TEXT NULL,
  rejected_because VARCHAR(400) NOT NULL,
  PRIMARY KEY (import_id, line),
  KEY subscriber_import_row_email_key (email_key),
  CONSTRAINT subscriber_import_row_import FOREIGN KEY (import_id) REFERENCES subscriber_import (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
