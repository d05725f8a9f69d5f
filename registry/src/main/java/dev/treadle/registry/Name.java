package dev.treadle.registry;

/** The name of something that has releases: a DNS label (RFC 1123). */
public sealed interface Name permits FunctionName, ModelName {
    String value();
}
