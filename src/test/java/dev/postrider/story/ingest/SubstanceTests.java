package dev.postrider.story.ingest;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SubstanceTests {

	private static final String STORM = """
			Storm brings floods to the coast
			Hundreds left their homes when the river rose on Sunday night. Trains stand still between the harbour towns,
			and schools stay closed until Tuesday.""";

	@Test
	void correctionsAndPolishAreNone() {
		assertThat(Substance.differs(STORM, STORM)).isFalse();
		assertThat(Substance.differs(STORM, STORM.toUpperCase(java.util.Locale.ROOT))).isFalse();
		assertThat(Substance.differs(STORM, STORM.replace("Hundreds", "Thousands").replace("Tuesday", "Wednesday")))
			.isFalse();
		assertThat(Substance.differs(STORM,
				STORM.replace("Storm brings floods to the coast", "Coast under water after storm")))
			.isFalse();
		assertThat(Substance.differs("PM to resign", "Prime minister to resign")).isFalse();
		assertThat(Substance.differs(STORM, "Storm brings floods to the coast")).isFalse();
	}

	@Test
	void otherNewsUnderTheSameAddressIsOne() {
		assertThat(Substance.differs(STORM,
				"""
						Nine dead in coastal floods, army called in
						Rescue teams found five more bodies on Monday morning as soldiers began to evacuate the old town by boat.
						The government promised two billion in aid."""))
			.isTrue();
		assertThat(
				Substance.differs("Minister denies everything", "Minister resigns over secret payments from builders"))
			.isTrue();
		assertThat(Substance.differs("首相は辞任を否定した", "首相が本日午後に辞任を正式発表")).isTrue();
		assertThat(Substance.differs("首相は辞任を否定した", "首相は辞任を否定した。")).isFalse();
	}

}
