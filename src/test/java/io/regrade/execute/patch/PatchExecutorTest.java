package io.regrade.execute.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regrade.execute.Check;
import io.regrade.execute.Errand;
import io.regrade.execute.Orders;
import io.regrade.execute.RefusedByCloudException;
import io.regrade.execute.Sighting.What;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchExecutorTest {

    private static final String FILE = """
            resource "aws_instance" "db_1" {
              instance_type = "m5.xlarge"
            }

            resource "aws_instance" "web_1" {
              ami           = "ami-1"
              instance_type = "m5.xlarge" # as of May
              metadata_options {
                instance_type = "not this"
              }
            }
            """;

    @TempDir
    private Path directory;

    private Path file;
    private PatchExecutor executor;

    @BeforeEach
    void files() throws Exception {
        file = directory.resolve("infra/main.tf");
        Files.createDirectories(file.getParent());
        Files.writeString(file, FILE);
        executor = new PatchExecutor(directory.resolve("infra"), directory.resolve("patches"));
    }

    @Test
    void act_writesADiff_andChangesNoFile() throws Exception {
        Errand errand = Orders.errand();
        assertThat(executor.check(errand.order()))
                .containsExactly(Check.holds("declaration", "main.tf:7 says `m5.xlarge`"));
        assertThat(executor.look(errand).what()).isEqualTo(What.AS_BEFORE);

        executor.act(errand);
        executor.act(errand);

        assertThat(directory.resolve("patches").resolve("k1.patch")).content().isEqualTo("""
                --- a/main.tf
                +++ b/main.tf
                @@ -4,7 +4,7 @@
                \s
                 resource "aws_instance" "web_1" {
                   ami           = "ami-1"
                -  instance_type = "m5.xlarge" # as of May
                +  instance_type = "m5.large" # as of May
                   metadata_options {
                     instance_type = "not this"
                   }
                """);
        assertThat(file).content().isEqualTo(FILE);
        assertThat(executor.look(errand).what()).isEqualTo(What.UNDER_WAY);
        assertThat(executor.preview(errand.order())).contains("+  instance_type = \"m5.large\" # as of May");
    }

    @Test
    void look_seesThatSomebodyBroughtItIn_orSomethingElse() throws Exception {
        Errand errand = Orders.errand();
        executor.act(errand);

        Files.writeString(file, FILE.replace("m5.xlarge\" #", "m5.large\" #"));
        assertThat(executor.look(errand).what()).isEqualTo(What.DONE);
        Files.writeString(file, FILE.replace("m5.xlarge\" #", "c5.large\" #"));
        assertThat(executor.look(errand).what()).isEqualTo(What.ELSEWHERE);
        Files.delete(file);
        assertThat(executor.look(errand).what()).isEqualTo(What.GONE);
    }

    @Test
    void aMachineThatNoResourceDeclares_isRefused_andATagSaysWhich() throws Exception {
        var other = Orders.order(Map.of("terraform", "aws_instance.db_1"));
        assertThat(executor.check(other)).containsExactly(Check.holds("declaration", "main.tf:2 says `m5.xlarge`"));
        var none = Orders.order(Map.of("terraform", "aws_instance.gone"));
        assertThat(executor.check(none).get(0).detail()).contains("no resource declares `web-1`", "`terraform`");
        assertThatThrownBy(() -> executor.act(new Errand(none, "k2", "", 1)))
                .isInstanceOf(RefusedByCloudException.class);
    }
}
