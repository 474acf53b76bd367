package dev.candor.protocol.serve;

/** Generated text of one kind. */
public record Piece(PieceKind kind, String text) {}
