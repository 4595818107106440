package io.regrade.intake.manifest.source;

import io.regrade.intake.manifest.found.ManifestException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLResolver;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a text of one or more XML documents one after another, as {@code virt-install --print-xml} writes them. Document
 * types, and with them entities, are refused; depth and number of elements are bounded.
 */
public final class XmlDocuments {

    private static final String AROUND = "documents";
    private static final Pattern DECLARATION = Pattern.compile("<\\?xml\\s[^>]{0,200}\\?>");
    private static final Pattern DOCTYPE = Pattern.compile("<!\\s*(?:DOCTYPE|ENTITY)");

    private static final Pattern UNBOUND = Pattern.compile("PrefixUnbound\\?([\\w.-]+)");

    private XmlDocuments() {}

    /**
     * The root elements, at least one.
     *
     * @throws ManifestException when the text is not well-formed or exceeds a limit
     */
    public static List<XmlElement> read(Source source) {
        String text = source.text().value();
        Matcher type = DOCTYPE.matcher(text);
        // A comment may speak of document types: only what the parser stumbles on is refused for them.
        String body = declarationsBlanked(text);
        try {
            XmlElement around = parse(source, "<" + AROUND + ">" + body + "</" + AROUND + ">");
            if (around.children().isEmpty()) {
                throw source.refused("there is no element in it");
            }
            return around.children();
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNumber());
            if (type.find() && source.text().lineAt(type.start()) <= Math.max(1, line)) {
                throw new ManifestException(
                        source.line(source.text().lineAt(type.start())),
                        "it has a document type or an entity, which are not read. Maybe remove them");
            }
            throw new ManifestException(source.line(line), "this is not well-formed XML: " + words(e));
        }
    }

    /** Declarations become blanks of the same length, so that lines stay what they are. */
    private static String declarationsBlanked(String text) {
        StringBuilder blanked = new StringBuilder(text);
        Matcher declaration = DECLARATION.matcher(text);
        while (declaration.find()) {
            for (int i = declaration.start(); i < declaration.end(); i++) {
                if (text.charAt(i) != '\n') {
                    blanked.setCharAt(i, ' ');
                }
            }
        }
        return blanked.toString();
    }

    private static XmlElement parse(Source source, String xml) throws XMLStreamException {
        XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
        Deque<XmlElement> open = new ArrayDeque<>();
        XmlElement root = null;
        int elements = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    XmlElement element = element(source, reader);
                    if (++elements > source.limits().maxElements()) {
                        throw new ManifestException(
                                element.place(),
                                "there are more than " + source.limits().maxElements()
                                        + " elements, which is the limit");
                    }
                    if (open.size() > source.limits().maxDepth()) {
                        throw new ManifestException(
                                element.place(),
                                "elements are nested deeper than "
                                        + source.limits().maxDepth() + ", which is the limit");
                    }
                    if (open.peek() != null) {
                        open.peek().child(element);
                    } else {
                        root = element;
                    }
                    open.push(element);
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (open.peek() != null) {
                        open.peek().append(reader.getText());
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new ManifestException(
                            source.line(reader.getLocation().getLineNumber()),
                            "it has a document type or an entity, which are not read. Maybe remove them");
                default -> {
                    // comments and processing instructions say nothing of a machine
                }
            }
        }
        if (root == null) {
            throw source.refused("there is no element in it");
        }
        return root;
    }

    private static XmlElement element(Source source, XMLStreamReader reader) {
        XmlElement element = new XmlElement(
                reader.getLocalName(), source.line(reader.getLocation().getLineNumber()));
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            element.attribute(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return element;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        // Names with prefixes that nobody declared are met in descriptors that other tools read.
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setXMLResolver((XMLResolver) (publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is fetched");
        });
        return factory;
    }

    /** The parser's own words: the last line, without the place that stands before it. */
    private static String words(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int at = message.indexOf("Message: ");
        String words = at < 0 ? message : message.substring(at + "Message: ".length());
        Matcher prefix = UNBOUND.matcher(words); // told by the address of a specification
        return prefix.find()
                ? "the prefix `" + ManifestException.shorten(prefix.group(1)) + "` is not declared"
                : ManifestException.shorten(words);
    }
}
