-- A living process holds the named lock 'postrider.process.<id>' and beats here; one that does neither is dead.
CREATE TABLE process (
  id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  host VARCHAR(200) NOT NULL,
  pid BIGINT NOT NULL,
  started_at DATETIME(6) NOT NULL,
  seen_at DATETIME(6) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Which process executes a run.
CREATE TABLE run_owner (
  job_execution_id BIGINT NOT NULL PRIMARY KEY,
  process_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Spring Batch keeps a job's parameters for its restarts, so who wanted this run is kept here.
  launched_by VARCHAR(254) NOT NULL,
  -- TRUE: a shutdown stopped it, so the next start continues it.
  drained BOOLEAN NOT NULL DEFAULT FALSE,
  KEY run_owner_process (process_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Single mails (confirmations, invitations, problems) on their way to the relay. The message is emptied once it has left.
CREATE TABLE outbox (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  purpose VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  envelope_sender VARCHAR(254) NOT NULL,
  -- Of any case: one mailbox has one limit, and is forgotten under every spelling.
  recipient VARCHAR(254) NOT NULL,
  message MEDIUMBLOB NULL,
  status ENUM('PENDING', 'SENT', 'FAILED') NOT NULL,
  attempts INT NOT NULL DEFAULT 0,
  next_attempt_at DATETIME(6) NOT NULL,
  give_up_at DATETIME(6) NOT NULL,
  -- Which relay had it last.
  relay VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL,
  reply VARCHAR(500) NULL,
  created_at DATETIME(6) NOT NULL,
  sent_at DATETIME(6) NULL,
  KEY outbox_due (status, next_attempt_at),
  KEY outbox_recipient (recipient, purpose, created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What is wrong now, and what was: shown on the monitor, mailed to the admins. open_key is NULL once resolved.
CREATE TABLE problem (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(200) NOT NULL,
  open_key VARCHAR(250) COLLATE utf8mb4_bin NULL,
  message VARCHAR(1000) NOT NULL,
  remedy VARCHAR(500) NOT NULL,
  first_seen_at DATETIME(6) NOT NULL,
  last_seen_at DATETIME(6) NOT NULL,
  resolved_at DATETIME(6) NULL,
  mailed_at DATETIME(6) NULL,
  CONSTRAINT problem_open UNIQUE (open_key),
  KEY problem_seen (last_seen_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What all processes together have taken of each relay's limits. Hours and days are UTC's, by the database's clock.
CREATE TABLE relay_use (
  relay VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  -- When the next message may leave, where messages a second are limited.
  next_slot_at DATETIME(6) NOT NULL,
  hour_at DATETIME(6) NOT NULL,
  hour_used BIGINT NOT NULL DEFAULT 0,
  day_at DATETIME(6) NOT NULL,
  day_used BIGINT NOT NULL DEFAULT 0
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Connections that a relay with a limit of them may have: each is somebody's, by a lease.
CREATE TABLE relay_connection (
  relay VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  slot INT NOT NULL,
  holder CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  lease_until DATETIME(6) NOT NULL,
  PRIMARY KEY (relay, slot)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The newest refresh token of a relay's mailbox (OAuth 2), sealed with a key made of the one in the settings.
CREATE TABLE relay_token (
  relay VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  sealed VARBINARY(16000) NOT NULL,
  changed_at DATETIME(6) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Who keeps the mailboxes of a domain, by its MX records.
CREATE TABLE mail_domain (
  domain VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  provider VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  KEY mail_domain_expires (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Providers that want less of our mail. A row goes when all is well again.
CREATE TABLE mail_provider (
  provider VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  -- Nothing is sent before this.
  paused_until DATETIME(6) NOT NULL,
  -- Which pause in a row this is; each is longer.
  level INT NOT NULL,
  -- Messages a second, then; and what went before the first pause.
  per_second DOUBLE NOT NULL,
  full_rate DOUBLE NOT NULL,
  -- Its words.
  reason VARCHAR(300) NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  -- Raised by whoever changes the row; who knows an older one reads it anew.
  version INT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
