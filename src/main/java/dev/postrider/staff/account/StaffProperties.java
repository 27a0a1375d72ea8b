package dev.postrider.staff.account;

import java.time.Duration;

import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Accounts and their security.
 *
 * @param bootstrapToken for unattended installs: becomes an admin's API token when
 * Postrider starts with no account; at least 32 characters
 * @param invitationValidFor how long an invitation, and the first admin's link, can be
 * taken up
 * @param resetValidFor how long a link for a new password works
 * @param loginWindow the time in which the attempts below are counted
 * @param loginAttemptsPerAccount wrong passwords for one account within the window
 * @param loginAttemptsPerIp wrong passwords from one address of the network within the
 * window
 */
@ConfigurationProperties("postrider.staff")
@Validated
public record StaffProperties(@Nullable String bootstrapToken, @DefaultValue("72h") Duration invitationValidFor,
		@DefaultValue("2h") Duration resetValidFor, @DefaultValue("15m") Duration loginWindow,
		@DefaultValue("10") @Min(1) int loginAttemptsPerAccount, @DefaultValue("50") @Min(1) int loginAttemptsPerIp) {

	static final int BOOTSTRAP_TOKEN_LENGTH = 32;

	// Not by @Size: a report of the violation would print the token.
	public StaffProperties {
		bootstrapToken = (bootstrapToken != null && bootstrapToken.isBlank()) ? null : bootstrapToken;
		if (bootstrapToken != null && bootstrapToken.length() < BOOTSTRAP_TOKEN_LENGTH) {
			throw new IllegalArgumentException(
					"POSTRIDER_STAFF_BOOTSTRAP_TOKEN has " + bootstrapToken.length() + " characters and needs at least "
							+ BOOTSTRAP_TOKEN_LENGTH + ". Make one with: openssl rand -hex 32");
		}
	}

	@Override
	public String toString() {
		return "StaffProperties[invitationValidFor=" + this.invitationValidFor + ", resetValidFor=" + this.resetValidFor
				+ "]";
	}

}
