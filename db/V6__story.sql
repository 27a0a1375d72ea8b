CREATE TABLE source (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  url VARCHAR(1000) NOT NULL,
  url_hash BINARY(32) NOT NULL,
  name VARCHAR(200) NULL,
  -- Section of stories that name none.
  section VARCHAR(100) NULL,
  etag VARCHAR(300) NULL,
  last_modified VARCHAR(100) NULL,
  last_polled_at DATETIME(6) NULL,
  last_success_at DATETIME(6) NULL,
  last_error VARCHAR(500) NULL,
  last_error_at DATETIME(6) NULL,
  failures INT NOT NULL DEFAULT 0,
  next_poll_at DATETIME(6) NOT NULL,
  -- Its server asked not to be asked before, not even by hand.
  retry_at DATETIME(6) NULL,
  created_at DATETIME(6) NOT NULL,
  CONSTRAINT source_url UNIQUE (url_hash),
  KEY source_due (next_poll_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

CREATE TABLE story (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  -- SHA-256 of the canonical url: the story's identity.
  identity BINARY(32) NOT NULL,
  -- NULL: it came by the API, or its source is gone.
  source_id BIGINT NULL,
  -- The API's word stands against any feed's.
  from_api BOOLEAN NOT NULL DEFAULT FALSE,
  feed_position INT NULL,
  url VARCHAR(2000) NOT NULL,
  headline VARCHAR(500) NOT NULL,
  summary VARCHAR(4000) NOT NULL,
  -- The summary with its links and emphasis, sanitised. NULL or empty: there is no more than the plain text.
  summary_html TEXT NULL,
  section VARCHAR(100) NULL,
  -- Comma separated.
  tags VARCHAR(1000) NULL,
  author VARCHAR(200) NULL,
  kind ENUM('NEWS', 'FEATURE', 'PODCAST', 'OPINION', 'LIVE') NOT NULL DEFAULT 'NEWS',
  language VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  image_url VARCHAR(2000) NULL,
  image_alt VARCHAR(500) NULL,
  image_credit VARCHAR(200) NULL,
  image_width INT NULL,
  image_height INT NULL,
  -- TRUE: its licence does not cover e-mail.
  image_not_for_email BOOLEAN NOT NULL DEFAULT FALSE,
  audio_url VARCHAR(2000) NULL,
  audio_seconds INT NULL,
  published_at DATETIME(6) NOT NULL,
  embargo_until DATETIME(6) NULL,
  withdrawn_at DATETIME(6) NULL,
  first_seen_at DATETIME(6) NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  -- When it last became so different that who has read it would read it again.
  substantially_changed_at DATETIME(6) NULL,
  -- Tagged as one that does not age: it may fill an edition on a day with little news.
  evergreen BOOLEAN GENERATED ALWAYS AS (COALESCE(FIND_IN_SET('evergreen', tags), 0) > 0) STORED,
  CONSTRAINT story_identity UNIQUE (identity),
  KEY story_published (published_at, id),
  KEY story_evergreen (evergreen, published_at),
  KEY story_source (source_id, first_seen_at),
  KEY story_substantial (substantially_changed_at),
  CONSTRAINT story_source_fk FOREIGN KEY (source_id) REFERENCES source (id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Stories an editor never wants in this newsletter.
CREATE TABLE story_ban (
  newsletter_id BIGINT NOT NULL,
  story_id BIGINT NOT NULL,
  banned_by VARCHAR(254) NOT NULL,
  banned_at DATETIME(6) NOT NULL,
  PRIMARY KEY (newsletter_id, story_id),
  CONSTRAINT story_ban_story FOREIGN KEY (story_id) REFERENCES story (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- "Read more" links beside an article.
CREATE TABLE story_related (
  story_id BIGINT NOT NULL,
  position INT NOT NULL,
  url VARCHAR(2000) NOT NULL,
  title VARCHAR(300) NOT NULL,
  PRIMARY KEY (story_id, position),
  CONSTRAINT story_related_story FOREIGN KEY (story_id) REFERENCES story (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What a story was before each change: the row with the least "at" after a moment tells how it stood then.
CREATE TABLE story_history (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  story_id BIGINT NOT NULL,
  at DATETIME(6) NOT NULL,
  headline VARCHAR(500) NOT NULL,
  summary VARCHAR(4000) NOT NULL,
  -- The fields that were changed, comma separated.
  changed VARCHAR(300) NOT NULL,
  -- TRUE: who has read it would read it again.
  substantial BOOLEAN NOT NULL,
  KEY story_history_story (story_id, at),
  CONSTRAINT story_history_story_fk FOREIGN KEY (story_id) REFERENCES story (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Every source a story was seen in, the one it belongs to among them.
CREATE TABLE story_sighting (
  story_id BIGINT NOT NULL,
  source_id BIGINT NOT NULL,
  -- Where it stands in the feed, or stood last.
  position INT NULL,
  first_seen_at DATETIME(6) NOT NULL,
  -- When the feed was first read without it. NULL: it is in it.
  left_at DATETIME(6) NULL,
  PRIMARY KEY (story_id, source_id),
  KEY story_sighting_source (source_id, first_seen_at),
  KEY story_sighting_present (source_id, left_at),
  KEY story_sighting_seen (first_seen_at),
  CONSTRAINT story_sighting_story FOREIGN KEY (story_id) REFERENCES story (id),
  CONSTRAINT story_sighting_source_fk FOREIGN KEY (source_id) REFERENCES source (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What readers of the site did with a story, as its content management system counts it.
CREATE TABLE story_engagement (
  story_id BIGINT NOT NULL PRIMARY KEY,
  views BIGINT NOT NULL,
  comments BIGINT NOT NULL,
  shares BIGINT NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  CONSTRAINT story_engagement_story FOREIGN KEY (story_id) REFERENCES story (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- An editor's push up or down for one newsletter; none is 0.
CREATE TABLE story_boost (
  newsletter_id BIGINT NOT NULL,
  story_id BIGINT NOT NULL,
  boost DOUBLE NOT NULL,
  set_by VARCHAR(254) NOT NULL,
  set_at DATETIME(6) NOT NULL,
  PRIMARY KEY (newsletter_id, story_id),
  CONSTRAINT story_boost_story FOREIGN KEY (story_id) REFERENCES story (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- Pictures as mails show them, at addresses of their own. hash: the first half of the bytes' SHA-256, in hex.
CREATE TABLE story_image (
  hash CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  bytes MEDIUMBLOB NOT NULL,
  width INT NOT NULL,
  height INT NOT NULL,
  -- When an edition last took it.
  used_at DATETIME(6) NOT NULL,
  KEY story_image_used (used_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- What fetching a newsroom's picture gave: its cuts, or why there are none.
CREATE TABLE story_image_fetch (
  url_hash BINARY(32) NOT NULL PRIMARY KEY,
  fetched_at DATETIME(6) NOT NULL,
  lead_hash CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  side_hash CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  problem VARCHAR(500) NULL,
  KEY story_image_fetched (fetched_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
