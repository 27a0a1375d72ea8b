package dev.postrider.demo;

import java.util.List;

/**
 * Twenty-five people who do not exist, at domains that cannot.
 */
final class DemoReaders {

	private static final List<Reader> ALL = List.of(new Reader("Ada Winther", "ada@winther.example"),
			new Reader("Bela Kovač", "bela.kovac@mail.example"), new Reader("Carla Núñez", "carla@nunez.example"),
			new Reader("Dev Anand Rao", "dev.rao@mail.example"), new Reader("Edda Sørensen", "edda@sorensen.example"),
			new Reader("Farid Haddad", "farid@haddad.example"),
			new Reader("Greta Müller", "greta.mueller@mail.example"),
			new Reader("Hugo Lambert", "hugo@lambert.example"), new Reader("Ilse de Vries", "ilse@devries.example"),
			new Reader("Jonas Åkesson", "jonas.akesson@mail.example"), new Reader("Keiko Mori", "keiko@mori.example"),
			new Reader("Liam O’Dwyer", "liam@odwyer.example"), new Reader("Maja Nowak", "maja.nowak@mail.example"),
			new Reader("Noor Aziz", "noor@aziz.example"), new Reader("Olu Adebayo", "olu@adebayo.example"),
			new Reader("Pia Rossi", "pia.rossi@mail.example"), new Reader("Quirin Huber", "quirin@huber.example"),
			new Reader("Rosa Delgado", "rosa@delgado.example"), new Reader("Stina Berg", "stina.berg@mail.example"),
			new Reader("Tariq Mahmood", "tariq@mahmood.example"), new Reader("Ulla Hansen", "ulla@hansen.example"),
			new Reader("Vera Petrova", "vera.petrova@mail.example"), new Reader("Wim Janssen", "wim@janssen.example"),
			new Reader("Yusuf Demir", "yusuf@demir.example"), new Reader("Zoe Clarke", "zoe.clarke@mail.example"));

	private DemoReaders() {
	}

	static List<Reader> first(int count) {
		return ALL.subList(0, count);
	}

	/**
	 * One of them.
	 *
	 * @param name as people say it
	 * @param email the address
	 */
	record Reader(String name, String email) {
	}

}
