package dev.postrider.subscription.batch;

import java.util.Map;

import dev.postrider.newsletter.Attribute;
import dev.postrider.newsletter.Newsletter;
import dev.postrider.newsletter.Newsletters;
import dev.postrider.testing.PostriderTest;
import dev.postrider.testing.TestClock;
import dev.postrider.testing.TestNewsroom;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rows of a file that was stored some time ago.
 */
@PostriderTest
class ImportWorkTests {

	@Autowired
	private ImportWork work;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private Newsletters newsletters;

	@Autowired
	private TestClock clock;

	@Test
	void aReasonThatListsMuchFitsItsColumn() {
		Newsletter newsletter = new TestNewsroom(this.jdbc, this.newsletters, this.clock).newsletter();
		for (int i = 10; i < 40; i++) {
			this.newsletters.declare(newsletter.id(), new Attribute("x".repeat(38) + i, "An attribute", ""));
		}
		long file = store(newsletter, Map.of("forgottenSince", "2019"));
		assertThat(this.work.next(file)).isEqualTo(new ImportWork.Portion(1, 1));
		assertThat(this.jdbc.sql("SELECT rejected_because FROM subscriber_import_row WHERE import_id = ?")
			.param(file)
			.query(String.class)
			.single()).startsWith("forgottenSince: the newsletter has no such attribute; it has xxx")
			.endsWith("x…")
			.hasSize(400);
		assertThat(this.work.next(file)).isEqualTo(new ImportWork.Portion(0, 0));
	}

	private long store(Newsletter newsletter, Map<String, String> attributes) {
		String actor = TestNewsroom.address("admin");
		this.jdbc.sql("INSERT INTO subscriber_import (newsletter_id, requested_by, created_at) VALUES (?, ?, ?)")
			.params(newsletter.id(), actor, this.clock.instant())
			.update();
		long id = this.jdbc.sql("SELECT id FROM subscriber_import WHERE requested_by = ?")
			.param(actor)
			.query(Long.class)
			.single();
		this.jdbc.sql("""
				INSERT INTO subscriber_import_row (import_id, line, email, name, days, topics, status, attributes)
				VALUES (?, 2, ?, '', '', '', '', ?)
				""").params(id, TestNewsroom.address("ada"), ImportRow.text(attributes)).update();
		return id;
	}

}
