package dev.muster.web;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// HTTP as bytes: ordinary clients don't let a test choose `Host`, or send what no browser would.
final class RawHttp {
    private RawHttp() {}

    record Answer(int status, String head, String body) {}

    /// @param request the request line, as in `GET /q/health`
    static Answer send(int port, String request, String... headers) throws IOException {
        return send(port, request, List.of(headers), "");
    }

    static Answer send(int port, String request, List<String> headers, String body)
            throws IOException {
        StringBuilder text = new StringBuilder(request + " HTTP/1.1\r\n");
        headers.forEach(header -> text.append(header).append("\r\n"));
        if (!body.isEmpty()) {
            text.append("Content-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        text.append("Connection: close\r\n\r\n").append(body);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            return new Answer(
                    Integer.parseInt(answer.substring(9, 12)),
                    answer.substring(0, end),
                    answer.substring(end + 4));
        }
    }
}
