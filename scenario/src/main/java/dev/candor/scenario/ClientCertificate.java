package dev.candor.scenario;

import java.nio.file.Path;

/**
 * What we show to a server that asks who we are.
 *
 * @param chain PEM file, our certificate first
 * @param key PEM file of its private key (PKCS #8), without a password
 */
public record ClientCertificate(Path chain, Path key) {}
