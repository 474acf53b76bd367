package dev.candor.load.transport.http;

import dev.candor.record.Outcome;
import io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a connection could not be made, in words for whoever wrote the scenario. */
record ConnectFailure(Outcome outcome, String why) {

  /** The socket could not be connected to {@code where}. */
  static ConnectFailure ofSocket(String where, Throwable cause) {
    return new ConnectFailure(
        Outcome.CONNECT_FAILED, "cannot connect to %s: %s".formatted(where, reason(cause)));
  }

  private static String reason(Throwable failure) {
    // Where no socket could be made, that it could not is wrapped around why.
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    if (message != null && message.contains("Cannot assign requested address")) {
      return "this machine has no free port for another connection to it (net.ipv4.ip_local_port_range)";
    }
    if (message != null && message.contains("Too many open files")) {
      return "this process may open no more files (raise the hard limit, ulimit -Hn)";
    }
    // Netty's native transport says "finishConnect(..) failed with error(-111): Connection refused:
    // /127.0.0.1:9", in which the address stands again.
    return message == null
        ? cause.getClass().getSimpleName()
        : message.replaceFirst("^.*error\\(-?\\d+\\): ", "").replaceFirst(": [^ ]*/[^ ]*$", "");
  }

  /** The proxy made no tunnel. */
  static ConnectFailure ofTunnel(Proxy proxy, String where, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    int status = message.indexOf("status: ");
    String said =
        status >= 0
            ? message.substring(status + "status: ".length())
            : cause instanceof ClosedChannelException || message.endsWith("disconnected")
                ? "it closed the connection"
                : message;
    return new ConnectFailure(
        Outcome.CONNECT_FAILED,
        "the proxy %s does not connect to %s: %s".formatted(proxy, where, said));
  }

  /** The TLS handshake with {@code where} failed. */
  static ConnectFailure ofTls(String where, Throwable cause) {
    return new ConnectFailure(
        Outcome.TLS_FAILED, "TLS with %s: %s".formatted(where, tlsReason(cause)));
  }

  /** Whether TLS, rather than the connection, gave out: some servers refuse after the handshake. */
  static boolean isTls(@Nullable Throwable cause) {
    return find(cause, SSLException.class) != null;
  }

  static String tlsReason(Throwable cause) {
    CertificateException certificate = find(cause, CertificateException.class);
    if (certificate != null) {
      return certificateReason(certificate);
    }
    if (find(cause, NotSslRecordException.class) != null) {
      return "the server does not speak TLS; is it http:// and not https://?";
    }
    if (find(cause, ClosedChannelException.class) != null) {
      return "the server closed the connection in the middle of the handshake";
    }
    SSLException tls = find(cause, SSLException.class);
    String message = String.valueOf((tls == null ? cause : tls).getMessage());
    String alert = alert(message);
    return switch (alert) {
      case "" -> message;
      case "protocol_version" ->
          "the server refuses the handshake (protocol_version): it speaks none of TLS 1.3 and 1.2";
      case "handshake_failure" ->
          "the server refuses the handshake (handshake_failure): it has no cipher in common with us,"
              + " or wants a certificate (target.tls.cert and key)";
      case "certificate_required", "bad_certificate", "certificate_unknown", "unknown_ca" ->
          "the server refuses our certificate or its want (%s); see target.tls.cert and key"
              .formatted(alert);
      default -> "the server refuses the handshake (%s)".formatted(alert);
    };
  }

  private static String certificateReason(CertificateException cause) {
    String message = String.valueOf(cause.getMessage());
    if (find(cause, CertificateExpiredException.class) != null) {
      return "the server's certificate has expired (%s)".formatted(message);
    }
    if (find(cause, CertificateNotYetValidException.class) != null) {
      return "the server's certificate is not valid yet (%s)".formatted(message);
    }
    if (message.startsWith("No ") && message.contains("name")) {
      return "the server's certificate is another name's (%s)".formatted(message);
    }
    return "the server's certificate is not trusted (%s); target.tls.ca names an authority to trust"
        .formatted(message);
  }

  private static String alert(String message) {
    int at = message.indexOf("fatal alert: ");
    return at < 0 ? "" : message.substring(at + "fatal alert: ".length()).strip();
  }

  private static <T extends Throwable> @Nullable T find(@Nullable Throwable from, Class<T> type) {
    Throwable each = from;
    for (int depth = 0; each != null && depth < 20; depth++) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
      each = each.getCause();
    }
    return null;
  }
}
