package dev.treadle.cli.build;

import dev.treadle.registry.Digest;
import dev.treadle.registry.Manifest;
import java.util.List;

/**
 * A function ready to be sent.
 *
 * @param yaml the manifest as it is sent
 * @param jar the artifact
 * @param steps what was done, for people
 * @param inferred what nobody declared, for people; empty when a manifest was found
 * @param warnings for people
 */
public record FunctionPackage(
        Manifest manifest,
        String yaml,
        byte[] jar,
        Digest digest,
        List<String> steps,
        List<String> inferred,
        List<String> warnings) {}
