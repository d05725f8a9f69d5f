package dev.treadle.inference;

import ai.onnxruntime.OrtProvider;

/** What models run on. */
public enum Device {
    CPU(OrtProvider.CPU),
    CUDA(OrtProvider.CUDA),
    TENSORRT(OrtProvider.TENSOR_RT);

    private final OrtProvider provider;

    Device(OrtProvider provider) {
        this.provider = provider;
    }

    OrtProvider provider() {
        return provider;
    }
}
