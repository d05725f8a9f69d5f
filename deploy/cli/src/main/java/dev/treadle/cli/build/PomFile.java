package dev.treadle.cli.build;

import dev.treadle.cli.console.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The little that must be known of a {@code pom.xml} before Maven runs.
 *
 * @param ownProcessors whether annotation processors take part, which only Maven sets up right
 */
record PomFile(String artifact, String packaging, boolean ownProcessors, boolean usesTreadle) {
    static PomFile read(Path file) throws IOException {
        Element project = parse(file).getDocumentElement();
        String text = project.getTextContent();
        return new PomFile(
                child(project, "artifactId").orElse(""),
                child(project, "packaging").orElse("jar"),
                project.getElementsByTagName("annotationProcessorPaths").getLength() > 0
                        || text.contains("org.projectlombok"),
                text.contains("dev.treadle"));
    }

    private static Document parse(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(file.toFile());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every JDK has an XML parser", e);
        } catch (SAXException e) {
            throw Failure.failed(
                            "%s is not a Maven project: %s".formatted(file, e.getMessage()),
                            Source.RULE,
                            "mvn validate")
                    .causedBy(e);
        }
    }

    private static Optional<String> child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return Optional.of(element.getTextContent().strip());
            }
        }
        return Optional.empty();
    }
}
