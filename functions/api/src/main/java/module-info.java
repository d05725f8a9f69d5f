/** What a function compiles against. It needs nothing but the JDK. */
module dev.treadle.api {
    requires static org.jspecify;

    exports dev.treadle;
}
