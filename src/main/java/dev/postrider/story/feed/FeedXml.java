package dev.postrider.story.feed;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;

import dev.postrider.story.SourceException;
import org.jdom2.Document;
import org.jdom2.JDOMException;
import org.jdom2.input.SAXBuilder;
import org.jdom2.input.sax.XMLReaderJDOMFactory;
import org.jsoup.nodes.Entities;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * Parses a feed's text. Nothing outside the document is ever loaded; entities, depth and
 * attributes are limited. What is not well-formed is read as well as it can be.
 */
final class FeedXml {

	private static final String LIMIT = "http://www.oracle.com/xml/jaxp/properties/";

	private static final Map<String, String> LIMITS = Map.of("entityExpansionLimit", "1000", "totalEntitySizeLimit",
			"1000000", "maxGeneralEntitySizeLimit", "100000", "maxElementDepth", "200", "elementAttributeLimit", "200");

	/** Every message of the JDK's parser about a limit carries one of these. */
	private static final Pattern OVER_LIMIT = Pattern.compile("JAXP000(10|90)\\d+");

	private static final Pattern ILLEGAL = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");

	private static final Pattern ENTITY = Pattern.compile("&([A-Za-z][A-Za-z0-9]*);");

	private static final String CDATA = "<![CDATA[";

	private static final String CDATA_END = "]]>";

	private static final Pattern DECLARED = Pattern.compile("<!ENTITY\\s+([\\w.-]+)\\s");

	private static final Set<String> XML_ENTITIES = Set.of("amp", "lt", "gt", "quot", "apos");

	private FeedXml() {
	}

	/**
	 * Parses text.
	 * @param text a document
	 * @return its tree, and whether it was well-formed
	 * @throws SourceException when it is hostile, or no XML at all
	 */
	static Parsed parse(String text) {
		String legal = ILLEGAL.matcher(text.substring(start(text))).replaceAll("");
		String clean = nameless(legal);
		try {
			SAXBuilder builder = new SAXBuilder(new SafeReaders());
			builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
			boolean mended = !text.endsWith(legal) || !clean.equals(legal) && !text.contains("<!DOCTYPE");
			return new Parsed(builder.build(new StringReader(clean)), !mended);
		}
		catch (JDOMException | IOException ex) {
			String message = String.valueOf(ex.getMessage());
			if (OVER_LIMIT.matcher(message).find()) {
				throw new SourceException("The feed is built to overload its readers (%s)".formatted(message), ex);
			}
			return LooseXml.parse(clean)
				.map((document) -> new Parsed(document, false))
				.orElseThrow(() -> new SourceException("What is there is not a feed: %s".formatted(message), ex));
		}
	}

	private static int start(String text) {
		int first = text.indexOf('<');
		if (first < 0) {
			throw new SourceException(
					"What is there is not a feed: " + (text.isBlank() ? "it is empty" : "it is plain text"));
		}
		return first;
	}

	/**
	 * HTML's named characters, which XML does not know unless they are declared, become
	 * the characters. One pass: a section left open is looked for once, however many
	 * there are.
	 */
	private static String nameless(String text) {
		Set<String> known = known(text);
		StringBuilder result = new StringBuilder(text.length());
		int at = 0;
		int end = 0;
		while (end >= 0) {
			int section = text.indexOf(CDATA, at);
			end = (section >= 0) ? text.indexOf(CDATA_END, section + CDATA.length()) : -1;
			if (end >= 0) {
				result.append(named(text.substring(at, section), known));
				at = end + CDATA_END.length();
				result.append(text, section, at);
			}
		}
		return result.append(named(text.substring(at), known)).toString();
	}

	private static Set<String> known(String text) {
		Set<String> known = new HashSet<>(XML_ENTITIES);
		if (text.contains("<!DOCTYPE")) {
			Matcher declared = DECLARED.matcher(text);
			while (declared.find()) {
				known.add(declared.group(1));
			}
		}
		return known;
	}

	private static String named(String text, Set<String> known) {
		return ENTITY.matcher(text).replaceAll((match) -> {
			String name = match.group(1);
			String value = known.contains(name) ? "" : Entities.getByName(name);
			return Matcher.quoteReplacement(value.isEmpty() ? match.group() : value);
		});
	}

	/**
	 * A tree.
	 *
	 * @param document the tree
	 * @param wellFormed whether the text was XML by the rules
	 */
	record Parsed(Document document, boolean wellFormed) {
	}

	/** The JDK's own parser whatever else is on the classpath, since its limits are. */
	private static final class SafeReaders implements XMLReaderJDOMFactory {

		@Override
		public XMLReader createXMLReader() throws JDOMException {
			try {
				SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
				factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
				XMLReader reader = factory.newSAXParser().getXMLReader();
				reader.setFeature("http://xml.org/sax/features/external-general-entities", false);
				reader.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
				reader.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
				for (Map.Entry<String, String> limit : LIMITS.entrySet()) {
					reader.setProperty(LIMIT + limit.getKey(), limit.getValue());
				}
				return reader;
			}
			catch (SAXException | ParserConfigurationException ex) {
				throw new JDOMException("The XML parser cannot be made safe", ex);
			}
		}

		@Override
		public boolean isValidating() {
			return false;
		}

	}

}
