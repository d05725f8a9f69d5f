package dev.treadle.registry.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.treadle.registry.inspect.TestJar.TestClass;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JarInspectorTest {
    private static final String HTTP = "dev.treadle.HttpFunction";
    private static final String FUNCTION = "java.util.function.Function";

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void aClassOfEachKindIsFound(HandlerKind kind) throws IOException {
        Inspection jar = inspect(new TestJar().withHandler("app.Hello", kind.interfaceName()));
        HandlerClass hello = new HandlerClass("app.Hello", kind);
        assertThat(jar.handlers()).containsExactly(hello);
        assertThat(jar.handler("app.Hello")).isEqualTo(hello);
        assertThat(jar.onlyHandler()).isEqualTo(hello);
    }

    @Test
    void onlyPublicConcreteClassesWithAPublicConstructorAreCandidates() throws IOException {
        Inspection jar =
                inspect(
                        new TestJar()
                                .with(hello("app.Hidden").flags(ClassFile.ACC_SUPER))
                                .with(
                                        hello("app.Half")
                                                .flags(
                                                        ClassFile.ACC_PUBLIC
                                                                | ClassFile.ACC_ABSTRACT))
                                .with(hello("app.Closed").constructorFlags(ClassFile.ACC_PRIVATE))
                                .with(new TestClass("app.Plain")));
        assertThat(jar.handlers()).isEmpty();
    }

    @Test
    void superclassesAndInterfacesInsideTheArtifactAreFollowed() throws IOException {
        TestJar jar =
                new TestJar()
                        .with(new TestClass("app.Hello").extending("app.Base"))
                        .with(
                                new TestClass("app.Base")
                                        .flags(ClassFile.ACC_PUBLIC | ClassFile.ACC_ABSTRACT)
                                        .implementing("app.Web"))
                        .with(
                                new TestClass("app.Web")
                                        .flags(
                                                ClassFile.ACC_PUBLIC
                                                        | ClassFile.ACC_ABSTRACT
                                                        | ClassFile.ACC_INTERFACE)
                                        .implementing(HTTP));
        assertThat(inspect(jar).handlers())
                .containsExactly(new HandlerClass("app.Hello", HandlerKind.TREADLE_HTTP));
    }

    @Test
    void theyAreFollowedIntoLibrariesToo() throws IOException {
        TestJar library = new TestJar().with(hello("base.Base")).with("a.txt", "text");
        Inspection jar =
                inspect(
                        new TestJar()
                                .with(new TestClass("app.Hello").extending("base.Base"))
                                .with("lib/base.jar", library.bytes()));
        assertThat(jar.handlers())
                .containsExactly(new HandlerClass("app.Hello", HandlerKind.TREADLE_HTTP));
        assertThat(jar.handler("base.Base").kind()).isEqualTo(HandlerKind.TREADLE_HTTP);
    }

    @Test
    void aClassOfALibraryThatNobodyNeedsMayBeForANewerJava() throws IOException {
        TestJar library =
                new TestJar()
                        .with(hello("base.Base"))
                        .with(new TestClass("base.Newer").version(70, 0))
                        .with("base/odd.class", "no class");
        Inspection jar =
                inspect(
                        new TestJar()
                                .with(new TestClass("app.Hello").extending("base.Base"))
                                .with("lib/base.jar", library.bytes()));
        assertThat(jar.onlyHandler().name()).isEqualTo("app.Hello");
    }

    @Test
    void aSupertypeCircleEnds() throws IOException {
        TestJar jar =
                new TestJar()
                        .with(new TestClass("app.A").extending("app.B"))
                        .with(new TestClass("app.B").extending("app.A"));
        assertThat(inspect(jar).handlers()).isEmpty();
    }

    @Test
    void aFolderOfClassesIsLookedAtLikeAJar() throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        new TestJar().with(hello("app.Hello")).with("function.yaml", "schema: 1").unpackTo(classes);
        Inspection inspection = JarInspector.inspect(classes);
        assertThat(inspection.manifest()).contains("schema: 1");
        assertThat(inspection.onlyHandler().name()).isEqualTo("app.Hello");
        assertThatThrownBy(() -> inspection.handler("app.Other"))
                .hasMessage(
                        "Handler class `app.Other` is not in classes; the folder has `app.Hello`."
                                + " Check `entry` in function.yaml.");
    }

    @Test
    void theManifestAtTheRootIsReadAndAnAbsentOneIsEmpty() throws IOException {
        assertThat(inspect(new TestJar().with("function.yaml", "schema: 1\n")).manifest())
                .contains("schema: 1\n");
        assertThat(inspect(new TestJar().with("x/function.yaml", "no")).manifest()).isEmpty();
    }

    @Test
    void classesThatNoLoaderFindsAreNotCandidates() throws IOException {
        byte[] bytes = hello("app.Hello").bytes();
        Inspection jar =
                inspect(
                        new TestJar()
                                .with("META-INF/versions/25/app/Hello.class", bytes)
                                .with("WEB-INF/classes/app/Hello.class", bytes));
        assertThat(jar.handlers()).isEmpty();
    }

    @Test
    void generalInterfacesOnlyCountWhenThereIsNothingElse() throws IOException {
        TestJar jar = new TestJar().withHandler("app.Mapper", FUNCTION);
        assertThat(inspect(jar).onlyHandler().name()).isEqualTo("app.Mapper");
        jar.withHandler("app.Hello", HTTP);
        assertThat(inspect(jar).onlyHandler().name()).isEqualTo("app.Hello");
        assertThat(inspect(jar).handler("app.Mapper").kind()).isEqualTo(HandlerKind.JAVA_FUNCTION);
    }

    @Test
    void twoCandidatesWantAnEntry() throws IOException {
        TestJar jar = new TestJar().withHandler("app.A", HTTP).withHandler("app.B", HTTP);
        assertThatThrownBy(() -> inspect(jar).onlyHandler())
                .isInstanceOf(ArtifactException.class)
                .hasMessage(
                        "orders.jar has several handler classes: `app.A`, `app.B`. Name one as"
                                + " `entry` in function.yaml.");
    }

    @Test
    void noCandidateSaysWhatAHandlerIs() throws IOException {
        Inspection jar = inspect(new TestJar().with(new TestClass("app.Plain")));
        assertThatThrownBy(jar::onlyHandler)
                .hasMessageStartingWith(
                        "orders.jar has no handler class. Write a public class with a public"
                                + " constructor without arguments that implements"
                                + " dev.treadle.HttpFunction, ");
    }

    @Test
    void anEntryThatIsNotThereSuggestsTheOneThatIs() throws IOException {
        Inspection jar = inspect(new TestJar().withHandler("app.Helo", HTTP));
        assertThatThrownBy(() -> jar.handler("app.Hello"))
                .isInstanceOf(ArtifactException.class)
                .hasMessage(
                        "Handler class `app.Hello` is not in orders.jar; the jar has `app.Helo`."
                                + " Check `entry` in function.yaml.");
        Inspection empty = inspect(new TestJar().with("readme.txt", "nothing"));
        assertThatThrownBy(() -> empty.handler("app.Hello"))
                .hasMessage(
                        "Handler class `app.Hello` is not in orders.jar; the jar has no handler"
                                + " class. Check `entry` in function.yaml.");
    }

    @Test
    void anEntryThatCannotBeAHandlerSaysWhy() throws IOException {
        Inspection jar =
                inspect(
                        new TestJar()
                                .with(hello("app.Hidden").flags(ClassFile.ACC_SUPER))
                                .with(
                                        hello("app.Half")
                                                .flags(
                                                        ClassFile.ACC_PUBLIC
                                                                | ClassFile.ACC_ABSTRACT))
                                .with(hello("app.Closed").constructorFlags(0))
                                .with(new TestClass("app.Plain")));
        assertThatThrownBy(() -> jar.handler("app.Hidden"))
                .hasMessage(
                        "Handler class `app.Hidden` in orders.jar is not public. Make it public.");
        assertThatThrownBy(() -> jar.handler("app.Half"))
                .hasMessage(
                        "Handler class `app.Half` in orders.jar is an interface or abstract. Name a"
                                + " class that can be made.");
        assertThatThrownBy(() -> jar.handler("app.Closed"))
                .hasMessage(
                        "Handler class `app.Closed` in orders.jar has no public constructor without"
                                + " arguments. Give it one.");
        assertThatThrownBy(() -> jar.handler("app.Plain"))
                .hasMessageStartingWith(
                        "Handler class `app.Plain` in orders.jar implements none of the interfaces"
                                + " of a handler: dev.treadle.HttpFunction, dev.treadle.EventFunction,");
    }

    @Test
    void aClassForANewerJavaIsRefusedWithBothVersions() {
        TestJar jar = new TestJar().with(hello("app.Hello").version(70, 0));
        assertThatThrownBy(() -> inspect(jar))
                .isInstanceOf(ArtifactException.class)
                .hasMessage(
                        "Class app.Hello was compiled for Java 26 (class file version 70); functions"
                                + " run on Java 25. Compile it with --release 25 or lower.");
    }

    @Test
    void aClassWithPreviewFeaturesIsRefused() {
        TestJar jar = new TestJar().with(hello("app.Hello").version(69, 0xFFFF));
        assertThatThrownBy(() -> inspect(jar))
                .hasMessage(
                        "Class app.Hello uses preview features of Java 25, which are off here."
                                + " Compile it without --enable-preview.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 8, 20, 60})
    void aDamagedClassIsNamed(int length) {
        byte[] cut = Arrays.copyOf(hello("app.Hello").bytes(), length);
        TestJar jar = new TestJar().with("app/Hello.class", cut);
        assertThatThrownBy(() -> inspect(jar))
                .isInstanceOf(ArtifactException.class)
                .hasMessage(
                        "app.Hello is not a class file, or is damaged. Build the artifact again.");
    }

    @Test
    void whatIsNoJarIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("orders.jar"), "not a zip at all");
        assertThatThrownBy(() -> JarInspector.inspect(text))
                .isInstanceOf(ArtifactException.class)
                .hasMessageStartingWith("orders.jar is not a jar, or is damaged (")
                .hasMessageEndingWith("). Build it again.");
        byte[] whole = new TestJar().with(hello("app.Hello")).bytes();
        Path cut = Files.write(folder.resolve("cut.jar"), Arrays.copyOf(whole, whole.length - 30));
        assertThatThrownBy(() -> JarInspector.inspect(cut))
                .hasMessageStartingWith("cut.jar is not a jar, or is damaged (");
        assertThatThrownBy(() -> JarInspector.inspect(folder.resolve("absent.jar")))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("absent.jar cannot be read");
    }

    @Test
    void aLibraryThatIsNoJarIsNamed() {
        TestJar jar =
                new TestJar()
                        .with(new TestClass("app.Hello").extending("base.Base"))
                        .with("lib/base.jar", "no zip");
        assertThatThrownBy(() -> inspect(jar))
                .hasMessage("lib/base.jar in orders.jar is not a jar. Build the artifact again.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/../../evil", "/etc/evil", "C:/evil", "a\\b", "lib/.."})
    void anEntryThatLeadsOutOfTheArtifactIsRefused(String name) {
        TestJar jar = new TestJar().with(hello("app.Hello")).with(name, "x");
        assertThatThrownBy(() -> inspect(jar))
                .isInstanceOf(ArtifactException.class)
                .hasMessage(
                        "orders.jar has an entry named \"%s\", which leads out of it. Build it"
                                + " without that entry.",
                        name);
    }

    @Test
    void anEntryThatUnpacksToAHugeFileIsRefused() {
        TestJar jar = new TestJar().with("app/Hello.class", new byte[Budget.FILE_BYTES_MAX + 1]);
        assertThatThrownBy(() -> inspect(jar))
                .isInstanceOf(ArtifactException.class)
                .hasMessage("app/Hello.class in orders.jar is larger than 16 MiB.");
    }

    @Test
    void aLibraryThatUnpacksToTooMuchIsRefused() throws IOException {
        TestJar library = new TestJar().with("zeros.bin", new byte[3 << 20]);
        Path jar =
                new TestJar()
                        .with(new TestClass("app.Hello").extending("base.Base"))
                        .with("lib/base.jar", library.bytes())
                        .writeTo(folder.resolve("orders.jar"));
        assertThatThrownBy(() -> JarInspector.inspect(jar, "orders.jar", 2 << 20))
                .isInstanceOf(ArtifactException.class)
                .hasMessage("orders.jar unpacks to more than 2 MiB.");
    }

    private static TestClass hello(String name) {
        return new TestClass(name).implementing(HTTP);
    }

    private Inspection inspect(TestJar jar) throws IOException {
        return JarInspector.inspect(jar.writeTo(folder.resolve("orders.jar")));
    }
}
