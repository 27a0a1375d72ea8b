package dev.postrider.staff.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

import dev.postrider.SqlTime;
import dev.postrider.staff.Audit;
import dev.postrider.staff.Role;
import dev.postrider.staff.StaffDirectory;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Repository;

/**
 * Audit and directory: who did what.
 */
@Repository
public class AuditLog implements Audit, StaffDirectory {

	private static final int SUBJECT_LENGTH = 200;

	private static final int DETAIL_LENGTH = 1000;

	private final JdbcClient jdbc;

	private final Accounts accounts;

	private final Clock clock;

	AuditLog(JdbcClient jdbc, Accounts accounts, Clock clock) {
		this.jdbc = jdbc;
		this.accounts = accounts;
		this.clock = clock;
	}

	@Override
	public void record(String action, String subject, @Nullable String detail) {
		StaffUser user = user();
		insert((user != null) ? user.id() : null, currentActor(), action, subject, detail);
	}

	/** Records what somebody did who is not logged in (yet). */
	public void record(Account actor, String action, String subject) {
		insert(actor.id(), actor.email(), action, subject, null);
	}

	private void insert(@Nullable Long accountId, String actor, String action, String subject,
			@Nullable String detail) {
		this.jdbc.sql("""
				INSERT INTO audit (at, staff_member_id, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?, ?)
				""")
			.param(this.clock.instant())
			.param(accountId)
			.param(actor)
			.param(action)
			.param(cut(subject, SUBJECT_LENGTH))
			.param((detail != null) ? cut(detail, DETAIL_LENGTH) : null)
			.update();
	}

	@Override
	public List<Entry> entries(@Nullable Long before, int limit) {
		// By the primary key, backwards.
		return this.jdbc.sql("""
				SELECT id, at, actor, action, subject, detail FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?
				""").params((before != null) ? before : Long.MAX_VALUE, limit).query(AuditLog::read).list();
	}

	@Override
	public List<String> adminEmails() {
		return this.accounts.adminEmails();
	}

	@Override
	public List<String> editorEmails() {
		return this.accounts.editorEmails();
	}

	@Override
	public String currentActor() {
		StaffUser user = user();
		return (user != null) ? user.email() : "system";
	}

	@Override
	public boolean isAdmin() {
		StaffUser user = user();
		return user != null && user.role() == Role.ADMIN;
	}

	private static @Nullable StaffUser user() {
		return StaffUser.of(SecurityContextHolder.getContext().getAuthentication());
	}

	private static String cut(String text, int length) {
		return (text.length() <= length) ? text : text.substring(0, length - 1) + "…";
	}

	private static Entry read(ResultSet row, int number) throws SQLException {
		return new Entry(row.getLong("id"), SqlTime.at(row, "at"), row.getString("actor"), row.getString("action"),
				row.getString("subject"), row.getString("detail"));
	}

}
