package io.regrade.app;

/** The program's entry point. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        String version = Main.class.getPackage().getImplementationVersion();
        System.out.println("regrade " + (version == null ? "(not packaged)" : version));
    }
}
