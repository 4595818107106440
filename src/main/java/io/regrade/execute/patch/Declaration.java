package io.regrade.execute.patch;

import io.regrade.execute.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a Terraform file says which class a machine has. Immutable.
 *
 * @param line the line's index, from 0
 * @param type the class it says
 */
record Declaration(int line, String type) {

    /** The tag that says which resource a machine is, such as {@code aws_instance.web_1}. */
    static final String ADDRESS_TAG = "terraform";

    private static final Pattern RESOURCE = Pattern.compile("^\\s*resource\\s+\"([^\"]+)\"\\s+\"([^\"]+)\"\\s*\\{.*");
    private static final Pattern CLASS =
            Pattern.compile("^(\\s*(?:instance_type|flavor_name|machine_type|size)\\s*=\\s*\")([^\"]*)(\".*)$");

    /** The declarations of a machine in a file: the resource its tag names, or else one labelled like the machine. */
    static List<Declaration> of(Order order, List<String> lines) {
        List<Declaration> found = new ArrayList<>();
        boolean mine = false;
        int depth = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher resource = RESOURCE.matcher(line);
            if (depth == 0 && resource.matches()) {
                mine = isOf(order, resource.group(1), resource.group(2));
            }
            Matcher says = CLASS.matcher(line);
            if (mine && depth == 1 && says.matches()) {
                found.add(new Declaration(i, says.group(2)));
            }
            depth += count(line, '{') - count(line, '}');
        }
        return found;
    }

    private static boolean isOf(Order order, String kind, String label) {
        String address = order.before().tag(ADDRESS_TAG);
        return address.isEmpty()
                ? label.equals(order.before().name().replace('-', '_'))
                        || label.equals(order.before().name())
                : address.equals(kind + "." + label);
    }

    private static int count(String line, char wanted) {
        int hash = line.indexOf('#');
        String code = hash < 0 ? line : line.substring(0, hash);
        return (int) code.chars().filter(one -> one == wanted).count();
    }

    /** The line with another class. */
    static String changed(String line, String type) {
        Matcher says = CLASS.matcher(line);
        return says.matches() ? says.group(1) + type + says.group(3) : line;
    }
}
