CREATE TABLE edition (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  newsletter_id BIGINT NOT NULL,
  edition_date DATE NOT NULL,
  number INT NOT NULL,
  status ENUM('DRAFT', 'APPROVED', 'SENDING', 'HELD', 'SENT', 'SKIPPED', 'MISSED', 'CANCELLED', 'FAILED') NOT NULL,
  status_reason VARCHAR(500) NULL,
  subject VARCHAR(250) NOT NULL DEFAULT '',
  preheader VARCHAR(250) NOT NULL DEFAULT '',
  -- TRUE: an editor wrote it, composing anew leaves it alone.
  subject_edited BOOLEAN NOT NULL DEFAULT FALSE,
  preheader_edited BOOLEAN NOT NULL DEFAULT FALSE,
  -- TRUE: an editor set the order, composing anew keeps it.
  order_edited BOOLEAN NOT NULL DEFAULT FALSE,
  intro VARCHAR(2000) NULL,
  due_at DATETIME(6) NOT NULL,
  useless_after DATETIME(6) NOT NULL,
  approved_by VARCHAR(254) NULL,
  approved_at DATETIME(6) NULL,
  composed_at DATETIME(6) NULL,
  -- The audience's moment; with the counts that must add up: candidates = deliveries + exclusions.
  frozen_at DATETIME(6) NULL,
  candidates INT NULL,
  started_at DATETIME(6) NULL,
  closed_at DATETIME(6) NULL,
  -- From then on its ledger is, or is being made, counts only: see delivery_total.
  compacted_at DATETIME(6) NULL,
  created_at DATETIME(6) NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  -- A correction edition: only who was sent that story in that edition gets it.
  corrects_id BIGINT NULL,
  corrects_story_id BIGINT NULL,
  -- Raised by every change: two editors cannot overwrite each other unseen.
  version INT NOT NULL DEFAULT 0,
  CONSTRAINT edition_number UNIQUE (newsletter_id, edition_date, number),
  KEY edition_due (status, due_at),
  CONSTRAINT edition_newsletter FOREIGN KEY (newsletter_id) REFERENCES newsletter (id),
  CONSTRAINT edition_corrects FOREIGN KEY (corrects_id) REFERENCES edition (id),
  CONSTRAINT edition_corrects_story FOREIGN KEY (corrects_story_id) REFERENCES story (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What was wrong in a story that was mailed; told wherever the archive shows it.
CREATE TABLE correction (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  story_id BIGINT NOT NULL,
  at DATETIME(6) NOT NULL,
  words VARCHAR(1000) NOT NULL,
  made_by VARCHAR(254) NOT NULL,
  KEY correction_story (story_id, at),
  CONSTRAINT correction_story_fk FOREIGN KEY (story_id) REFERENCES story (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE edition_pick (
  edition_id BIGINT NOT NULL,
  story_id BIGINT NOT NULL,
  position INT NOT NULL,
  reason VARCHAR(500) NOT NULL,
  pinned BOOLEAN NOT NULL DEFAULT FALSE,
  -- An editor's words in place of the story's own.
  headline VARCHAR(500) NULL,
  summary VARCHAR(4000) NULL,
  -- What it was worth, part by part, as JSON. NULL: an editor added it.
  score_parts TEXT NULL,
  PRIMARY KEY (edition_id, story_id),
  KEY edition_pick_story (story_id),
  CONSTRAINT edition_pick_edition FOREIGN KEY (edition_id) REFERENCES edition (id),
  CONSTRAINT edition_pick_story_fk FOREIGN KEY (story_id) REFERENCES story (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Other stories of a pick's event.
CREATE TABLE edition_also (
  edition_id BIGINT NOT NULL,
  story_id BIGINT NOT NULL,
  also_id BIGINT NOT NULL,
  position INT NOT NULL,
  PRIMARY KEY (edition_id, story_id, also_id),
  CONSTRAINT edition_also_pick FOREIGN KEY (edition_id, story_id) REFERENCES edition_pick (edition_id, story_id),
  CONSTRAINT edition_also_story FOREIGN KEY (also_id) REFERENCES story (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Editions for which there were fewer stories than their newsletter's minimum when they were last composed.
CREATE TABLE edition_slow (
  edition_id BIGINT NOT NULL PRIMARY KEY,
  at DATETIME(6) NOT NULL,
  found INT NOT NULL,
  minimum INT NOT NULL,
  rule ENUM('SKIP', 'MERGE', 'WIDEN', 'EVERGREEN') NOT NULL,
  -- How many it has by that rule, and how far back its stories reach.
  stories INT NOT NULL,
  reach_seconds BIGINT NOT NULL,
  -- When the editors were told.
  told_at DATETIME(6) NULL,
  CONSTRAINT edition_slow_edition FOREIGN KEY (edition_id) REFERENCES edition (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What became of its stories just before it was sent.
CREATE TABLE edition_note (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  edition_id BIGINT NOT NULL,
  at DATETIME(6) NOT NULL,
  kind VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  story_id BIGINT NULL,
  -- story:ID or host:NAME. A step that is done again makes no second note.
  about VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  words VARCHAR(1000) NOT NULL,
  CONSTRAINT edition_note_once UNIQUE (edition_id, kind, about),
  CONSTRAINT edition_note_edition FOREIGN KEY (edition_id) REFERENCES edition (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Warnings of the gate that an editor accepted: of one rule, at one place of this edition.
CREATE TABLE edition_acceptance (
  edition_id BIGINT NOT NULL,
  finding_key CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  rule VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  place VARCHAR(500) NOT NULL,
  accepted_by VARCHAR(254) NOT NULL,
  accepted_at DATETIME(6) NOT NULL,
  PRIMARY KEY (edition_id, finding_key),
  CONSTRAINT edition_acceptance_edition FOREIGN KEY (edition_id) REFERENCES edition (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Stories an editor dropped from this edition, or whose articles were gone: composing anew does not bring them back.
CREATE TABLE edition_drop (
  edition_id BIGINT NOT NULL,
  story_id BIGINT NOT NULL,
  PRIMARY KEY (edition_id, story_id),
  CONSTRAINT edition_drop_edition FOREIGN KEY (edition_id) REFERENCES edition (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What readers who chose topics get: each distinct choice once. Choices that lead to the same stories share a variant;
-- 1 is the edition itself, 0: no story at all.
CREATE TABLE edition_topics (
  edition_id BIGINT NOT NULL,
  -- SHA-256 of topics.
  topics_key BINARY(32) NOT NULL,
  -- Lower case, sorted, comma separated.
  topics VARCHAR(1000) NOT NULL,
  variant INT NOT NULL,
  PRIMARY KEY (edition_id, topics_key),
  CONSTRAINT edition_topics_edition FOREIGN KEY (edition_id) REFERENCES edition (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The stories of a variant that is not the edition itself. An editor's words for a story are in edition_pick.
CREATE TABLE variant_pick (
  edition_id BIGINT NOT NULL,
  variant INT NOT NULL,
  story_id BIGINT NOT NULL,
  position INT NOT NULL,
  reason VARCHAR(500) NOT NULL,
  -- Keys of other stories of the same event, comma separated.
  also VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (edition_id, variant, story_id),
  CONSTRAINT variant_pick_edition FOREIGN KEY (edition_id) REFERENCES edition (id),
  CONSTRAINT variant_pick_story FOREIGN KEY (story_id) REFERENCES story (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The variants that the audience needs: each combination of stories, language and design that somebody gets. Settled
-- when the audience is frozen; delivery.variant is its key here.
CREATE TABLE edition_variant (
  edition_id BIGINT NOT NULL,
  variant INT NOT NULL,
  -- edition_topics.variant: which stories.
  selection INT NOT NULL,
  language VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  design VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (edition_id, variant),
  CONSTRAINT edition_variant_once UNIQUE (edition_id, selection, language, design),
  CONSTRAINT edition_variant_edition FOREIGN KEY (edition_id) REFERENCES edition (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- A rendered body. variant 0 is the web copy, from 1 on mails with tokens where a reader's own fields go.
CREATE TABLE variant (
  edition_id BIGINT NOT NULL,
  variant INT NOT NULL,
  choices VARCHAR(1000) NOT NULL,
  selection INT NOT NULL,
  language VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  design VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- As the design writes it, which may add to the edition's.
  subject VARCHAR(1000) NOT NULL,
  html MEDIUMTEXT NOT NULL,
  text MEDIUMTEXT NOT NULL,
  rendered_at DATETIME(6) NOT NULL,
  -- What it cost: microseconds to render, and the bytes of both bodies in UTF-8.
  render_micros INT NOT NULL,
  bytes INT NOT NULL,
  PRIMARY KEY (edition_id, variant),
  CONSTRAINT variant_edition FOREIGN KEY (edition_id) REFERENCES edition (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The ledger. Rows lie in sending order; a block is a range of seq.
CREATE TABLE delivery (
  edition_id BIGINT NOT NULL,
  seq INT NOT NULL,
  subscriber_id BIGINT NOT NULL,
  variant INT NOT NULL,
  status ENUM('PENDING', 'SENT', 'DEFERRED', 'BOUNCED', 'SKIPPED', 'FAILED') NOT NULL DEFAULT 'PENDING',
  attempts SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  -- TRUE: the connection was lost after the final dot, the relay may have the message.
  unclear BOOLEAN NOT NULL DEFAULT FALSE,
  next_attempt_at DATETIME(6) NULL,
  -- When the status was last set: for SENT, when the relay's 250 was in.
  at DATETIME(6) NULL,
  relay VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL,
  -- The relay's reply, or why it was skipped.
  reply VARCHAR(300) NULL,
  PRIMARY KEY (edition_id, seq),
  CONSTRAINT delivery_once UNIQUE (edition_id, subscriber_id)
  -- No third index: whoever asks for a subscriber goes through the editions, which are few. No foreign key to
  -- edition: looking there for each of a million rows takes a third of freezing, which has that row locked anyway.
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE delivery_exclusion (
  edition_id BIGINT NOT NULL,
  reason VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  readers INT NOT NULL,
  PRIMARY KEY (edition_id, reason),
  CONSTRAINT delivery_exclusion_edition FOREIGN KEY (edition_id) REFERENCES edition (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE delivery_block (
  edition_id BIGINT NOT NULL,
  block INT NOT NULL,
  from_seq INT NOT NULL,
  to_seq INT NOT NULL,
  -- Process and lane; each claim raises the fence, so a lane that lost its lease cannot close the block.
  owner VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  fence INT NOT NULL DEFAULT 0,
  lease_until DATETIME(6) NULL,
  -- Not before this: its deferred readers wait.
  next_at DATETIME(6) NULL,
  done BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (edition_id, block),
  KEY delivery_block_open (edition_id, done, next_at),
  CONSTRAINT delivery_block_edition FOREIGN KEY (edition_id) REFERENCES edition (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What is left of the ledgers of old editions. A row moves from delivery to here in one transaction.
CREATE TABLE delivery_total (
  edition_id BIGINT NOT NULL,
  variant INT NOT NULL,
  status ENUM('PENDING', 'SENT', 'DEFERRED', 'BOUNCED', 'SKIPPED', 'FAILED') NOT NULL,
  readers INT NOT NULL,
  PRIMARY KEY (edition_id, variant, status),
  CONSTRAINT delivery_total_edition FOREIGN KEY (edition_id) REFERENCES edition (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- An admin's word to send to those again whose delivery failed.
CREATE TABLE edition_retry (
  edition_id BIGINT NOT NULL,
  retry INT NOT NULL,
  asked_by VARCHAR(254) NOT NULL,
  asked_at DATETIME(6) NOT NULL,
  worth_until DATETIME(6) NOT NULL,
  -- TRUE: also to those who may have it already.
  with_unclear BOOLEAN NOT NULL,
  readers INT NOT NULL,
  ended_at DATETIME(6) NULL,
  PRIMARY KEY (edition_id, retry),
  CONSTRAINT edition_retry_edition FOREIGN KEY (edition_id) REFERENCES edition (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- New readers who are to be mailed the latest edition.
CREATE TABLE welcome (
  newsletter_id BIGINT NOT NULL,
  subscriber_id BIGINT NOT NULL,
  asked_at DATETIME(6) NOT NULL,
  -- When it is to be looked at. NULL: done.
  due_at DATETIME(6) NULL,
  PRIMARY KEY (newsletter_id, subscriber_id),
  KEY welcome_due (due_at),
  CONSTRAINT welcome_subscription FOREIGN KEY (newsletter_id, subscriber_id)
    REFERENCES subscription (newsletter_id, subscriber_id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- The copies that they were mailed: deliveries beside the ledger, whose audience is frozen.
CREATE TABLE welcome_delivery (
  edition_id BIGINT NOT NULL,
  subscriber_id BIGINT NOT NULL,
  -- As in delivery; one that edition_variant does not know is the edition itself.
  variant INT NOT NULL,
  status ENUM('PENDING', 'SENT', 'FAILED') NOT NULL DEFAULT 'PENDING',
  -- The single mail in the outbox. NULL: it has ended, and what became of it stands here.
  mail_id BIGINT NULL,
  attempts INT NOT NULL DEFAULT 0,
  at DATETIME(6) NULL,
  relay VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL,
  reply VARCHAR(500) NULL,
  PRIMARY KEY (edition_id, subscriber_id),
  KEY welcome_delivery_subscriber (subscriber_id),
  KEY welcome_delivery_mail (mail_id),
  CONSTRAINT welcome_delivery_edition FOREIGN KEY (edition_id) REFERENCES edition (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- How deliveries had failed that were tried again by a retry.
CREATE TABLE delivery_failure (
  edition_id BIGINT NOT NULL,
  seq INT NOT NULL,
  -- The retry that took it up.
  retry INT NOT NULL,
  attempts SMALLINT UNSIGNED NOT NULL,
  at DATETIME(6) NULL,
  relay VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL,
  reply VARCHAR(300) NULL,
  PRIMARY KEY (edition_id, seq, retry)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Who paused an edition that is HELD by an admin's word; gone when it goes on.
CREATE TABLE edition_pause (
  edition_id BIGINT NOT NULL PRIMARY KEY,
  paused_by VARCHAR(254) NOT NULL,
  paused_at DATETIME(6) NOT NULL,
  CONSTRAINT edition_pause_edition FOREIGN KEY (edition_id) REFERENCES edition (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What a rehearsal found. The newest of an edition counts.
CREATE TABLE rehearsal (
  edition_id BIGINT NOT NULL,
  rehearsal INT NOT NULL,
  asked_by VARCHAR(254) NOT NULL,
  asked_at DATETIME(6) NOT NULL,
  -- From here on NULL until it is done.
  ended_at DATETIME(6) NULL,
  -- The edition's version that was rehearsed.
  version INT NULL,
  candidates INT NULL,
  readers INT NULL,
  bytes BIGINT NULL,
  begins_at DATETIME(6) NULL,
  ends_at DATETIME(6) NULL,
  -- Messages a second, and where that is from: RECENT editions, or MADE by the rehearsal itself.
  rate DOUBLE NULL,
  rate_from VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (edition_id, rehearsal),
  CONSTRAINT rehearsal_edition FOREIGN KEY (edition_id) REFERENCES edition (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE rehearsal_part (
  edition_id BIGINT NOT NULL,
  rehearsal INT NOT NULL,
  kind ENUM('EXCLUSION', 'VARIANT', 'PROVIDER') NOT NULL,
  position INT NOT NULL,
  name VARCHAR(300) NOT NULL,
  -- A variant's subject.
  detail VARCHAR(1000) NULL,
  readers INT NOT NULL,
  PRIMARY KEY (edition_id, rehearsal, kind, position),
  CONSTRAINT rehearsal_part_rehearsal FOREIGN KEY (edition_id, rehearsal) REFERENCES rehearsal (edition_id, rehearsal)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
