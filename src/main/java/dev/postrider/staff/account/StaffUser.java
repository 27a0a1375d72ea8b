package dev.postrider.staff.account;

import java.io.Serializable;
import java.util.List;

import dev.postrider.staff.Role;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Who is logged in, as Spring Security holds it.
 *
 * @param id the account's key
 * @param email the account's address, the name it signs with
 * @param name for people
 * @param role what it may do
 * @param stamp the account's stamp when it logged in
 */
public record StaffUser(long id, String email, String name, Role role,
		@Nullable String stamp) implements AuthenticatedPrincipal, Serializable {

	/** The account as it is now. */
	public static StaffUser of(Account account) {
		return new StaffUser(account.id(), account.email(), account.name(), account.role(), account.stamp());
	}

	/** Who an authentication stands for, or {@code null} when nobody is logged in. */
	public static @Nullable StaffUser of(@Nullable Authentication authentication) {
		return (authentication != null && authentication.getPrincipal() instanceof StaffUser user) ? user : null;
	}

	@Override
	public String getName() {
		return this.email;
	}

	/** Spring Security's word for the role. */
	public List<GrantedAuthority> authorities() {
		return List.of(new SimpleGrantedAuthority("ROLE_" + this.role));
	}

}
