package dev.postrider.subscription.list;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AddressHelpTests {

	@ParameterizedTest
	@CsvSource({ "gmial.com, gmail.com", "gmail.co, gmail.com", "gmail.con, gmail.com", "gmai.com, gmail.com",
			"gmaill.com, gmail.com", "gnail.com, gmail.com", "gamil.com, gmail.com", "gmailcom.con, gmailcom.com",
			"hotmial.com, hotmail.com", "hotmail.cmo, hotmail.com", "outlok.com, outlook.com", "yaho.com, yahoo.com",
			"yahooo.fr, yahoo.fr", "iclould.com, icloud.com", "t-onlin.de, t-online.de", "wbe.de, web.de",
			"gxm.net, gmx.net", "gmial.con, gmail.com", "our-paper.ner, our-paper.net",
			"btinternt.com, btinternet.com" })
	void asksAboutASlip(String typed, String meant) throws RefusedAddressException {
		assertThat(AddressHelp.meant(AddressGate.admit("Jane.Doe+x@" + typed)))
			.hasValue(new EmailAddress("Jane.Doe+x@" + meant));
	}

	@ParameterizedTest
	@ValueSource(strings = { "gmail.com", "mail.com", "email.com", "ymail.com", "hotmail.se", "hotmail.be",
			"outlook.be", "yahoo.se", "live.se", "gmx.li", "wb.de", "line.com", "me.com", "ac.com", "our-paper.example",
			"example.co", "example.com", "xn--bcher-kva.example", "mail.gmail.example", "aol.de", "sky.de", "pm.me",
			"a.co" })
	void leavesInPeaceWhatMayBeMeant(String domain) throws RefusedAddressException {
		assertThat(AddressHelp.meant(AddressGate.admit("jane@" + domain))).isEmpty();
	}

	@Test
	void whatItSuggestsCanBeMailedAndIsNotAskedAboutAgain() throws RefusedAddressException {
		Random random = new Random(61);
		int asked = 0;
		for (int i = 0; i < 3000; i++) {
			StringBuilder domain = new StringBuilder(random.nextBoolean() ? "gmail.com" : "t-online.de");
			domain.setCharAt(random.nextInt(domain.length()), (char) ('a' + random.nextInt(26)));
			domain.insert(random.nextInt(domain.length()), (random.nextInt(4) == 0) ? "o" : "");
			if (domain.indexOf(".") < 1) {
				continue;
			}
			EmailAddress typed = new EmailAddress("jane@" + domain);
			EmailAddress meant = AddressHelp.meant(typed).orElse(null);
			if (meant != null) {
				asked++;
				assertThat(AddressGate.admit(meant.value())).isEqualTo(meant).isNotEqualTo(typed);
				assertThat(AddressHelp.meant(meant)).isEmpty();
			}
		}
		assertThat(asked).isGreaterThan(500);
	}

	@ParameterizedTest
	@CsvSource({ "abc, abc, 0", "abc, acb, 1", "abc, ab, 1", "abc, abcd, 1", "abc, xbc, 1", "abc, cba, 2",
			"abc, axx, 2", "aa, aaa, 1", "abcd, badc, 2", "a, abc, 2" })
	void countsSlips(String one, String other, int slips) {
		assertThat(AddressHelp.slips(one, other)).isEqualTo(slips);
		assertThat(AddressHelp.slips(other, one)).isEqualTo(slips);
	}

	@Test
	void knowsThrowawayDomainsAndThoseBelowThem() {
		assertThat(AddressHelp.isThrowaway("mailinator.com")).isTrue();
		assertThat(AddressHelp.isThrowaway("some.mailinator.com")).isTrue();
		assertThat(AddressHelp.isThrowaway("notmailinator.example")).isFalse();
		assertThat(AddressHelp.isThrowaway("com")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "privaterelay.appleid.com", "mozmail.com", "duck.com", "gmail.com", "proton.me",
			"fastmail.com", "posteo.de", "simplelogin.com", "addy.io" })
	void readersWhoHideTheirMailboxAreNotThrowaways(String domain) {
		assertThat(AddressHelp.isThrowaway(domain)).isFalse();
	}

}
