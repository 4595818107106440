package io.regrade.policy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What the reader of workbooks leaves out, from the parts that an XLSX file consists of. Immutable. */
final class WorkbookParts {

    private static final String WORKBOOK = "xl/workbook.xml";
    private static final String RELATIONS = "xl/_rels/workbook.xml.rels";

    private final byte[] workbook;

    /** Reads from the bytes of an XLSX file. */
    WorkbookParts(byte[] workbook) {
        this.workbook = workbook.clone();
    }

    /** Whether days are counted from 1 January 1904, as old workbooks of a Mac do, and not from 1900. */
    boolean countsFrom1904() throws IOException {
        List<String> stated = new ArrayList<>();
        read(WORKBOOK, "workbookPr", one -> stated.add(String.valueOf(one.getAttributeValue(null, "date1904"))));
        return stated.contains("1") || stated.contains("true");
    }

    /**
     * The ranges of a sheet whose cells are shown as one, such as {@code B10:B12}, in the order of the file: only the
     * first cell of each has a value.
     *
     * @param relation the id of the sheet's relation in the workbook
     */
    List<String> mergedCells(String relation) throws IOException {
        List<String> parts = new ArrayList<>();
        read(RELATIONS, "Relationship", one -> {
            if (relation.equals(one.getAttributeValue(null, "Id"))) {
                String target = one.getAttributeValue(null, "Target");
                parts.add(target.startsWith("/") ? target.substring(1) : "xl/" + target);
            }
        });
        List<String> ranges = new ArrayList<>();
        for (String part : parts) {
            read(part, "mergeCell", one -> ranges.add(one.getAttributeValue(null, "ref")));
        }
        return ranges;
    }

    private void read(String part, String element, Consumer<XMLStreamReader> each) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(workbook))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(part)) {
                    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
                    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
                    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
                    XMLStreamReader xml = factory.createXMLStreamReader(zip);
                    while (xml.hasNext()) {
                        if (xml.next() == XMLStreamReader.START_ELEMENT
                                && xml.getLocalName().equals(element)) {
                            each.accept(xml);
                        }
                    }
                    return;
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException("`" + part + "` is no XML", e);
        }
    }
}
