package dev.candor.app.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A request as it is written, whatever a decent client would make of it. */
record Raw(int status, String head, String body) {

  static Raw ask(int port, String request, String... headers) throws IOException {
    StringBuilder text = new StringBuilder(request + " HTTP/1.1\r\n");
    boolean host = false;
    for (String header : headers) {
      host |= header.toLowerCase(Locale.ROOT).startsWith("host:");
      text.append(header).append("\r\n");
    }
    if (!host) {
      text.append("Host: 127.0.0.1:").append(port).append("\r\n");
    }
    text.append("Connection: close\r\n\r\n");
    return send(port, text.toString());
  }

  static Raw post(int port, String path, String body, String... headers) throws IOException {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    StringBuilder text = new StringBuilder("POST " + path + " HTTP/1.1\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    text.append("Host: 127.0.0.1:" + port + "\r\nContent-Length: " + length);
    text.append("\r\nConnection: close\r\n\r\n").append(body);
    return send(port, text.toString());
  }

  private static Raw send(int port, String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = answer.indexOf("\r\n\r\n");
      return new Raw(
          Integer.parseInt(answer.substring(9, 12)),
          answer.substring(0, end).toLowerCase(Locale.ROOT),
          answer.substring(end + 4));
    }
  }
}
