package io.regrade.intake.manifest.source;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning of a file, to tell formats apart by.
 *
 * @param source the file
 * @param start its beginning as text, whatever the encoding: letters of ASCII are themselves, zeros are left out
 */
public record Glance(Source source, String start) {

    private static final int CHARS = 4096;
    private static final Pattern ROOT = Pattern.compile(
            "\\A(?:\\s|<\\?.*?\\?>|<!--.*?-->|<!\\[?[^>]*>|]\\s*>)*+<(?:[\\w.-]+:)?([\\w.-]+)", Pattern.DOTALL);

    /** Looks at the beginning. */
    public static Glance at(Source source) {
        byte[] head = source.head();
        StringBuilder start = new StringBuilder();
        String letters = new String(head, 0, Math.min(head.length, CHARS), StandardCharsets.ISO_8859_1);
        for (int i = 0; i < letters.length(); i++) {
            char c = letters.charAt(i);
            if (c != 0) {
                start.append(c);
            }
        }
        String text = start.toString();
        for (String mark : new String[] {"\u00ef\u00bb\u00bf", "\u00ff\u00fe", "\u00fe\u00ff"}) {
            text = text.startsWith(mark) ? text.substring(mark.length()) : text;
        }
        return new Glance(source, text);
    }

    /** The local name of the first element when this looks like XML, else the empty text. */
    public String xmlRoot() {
        if (start.stripLeading().startsWith("<")) {
            Matcher found = ROOT.matcher(start);
            return found.find() ? found.group(1) : "";
        }
        return "";
    }

    /** Whether a line of the beginning matches. */
    public boolean hasLine(Pattern line) {
        return start.lines().anyMatch(one -> line.matcher(one).find());
    }

    /** Whether there are bytes that texts do not have. */
    public boolean isBinary() {
        return start.chars().anyMatch(c -> c < 9 || (c > 13 && c < 32 && c != 27));
    }
}
