package dev.hearth.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * TLS by a certificate and its key in files, which are read again when they have changed: a few seconds after, with the next
 * connection. Files that make no sense then are reported, and those before stay in force. Thread-safe.
 *
 * <p>The JDK's implementation, TLS 1.3 and 1.2; {@code h2} and {@code http/1.1} by ALPN (RFC 7301).
 */
final class TlsFiles {

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Path certificates;
  private final Path key;
  private final boolean http2;
  private final Duration handshake;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile Read read;
  private volatile long lookedNanos = System.nanoTime();

  /** What the files were, and when they were changed. */
  private record Read(SslContext context, FileTime certificates, FileTime key) {}

  /**
   * @param certificates PEM: the server's certificate, then those between it and its root
   * @param key PEM: its private key in PKCS#8, not encrypted
   * @throws IOException if they cannot be read or make no sense; the message says which
   */
  TlsFiles(Path certificates, Path key, boolean http2, Duration handshake) throws IOException {
    this.certificates = certificates;
    this.key = key;
    this.http2 = http2;
    this.handshake = handshake;
    this.read = read();
  }

  private Read read() throws IOException {
    FileTime certificatesTime = time(certificates, "certificate");
    FileTime keyTime = time(key, "key");
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(certificates.toFile(), key.toFile())
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
              .applicationProtocolConfig(protocols(http2));
      return new Read(builder.build(), certificatesTime, keyTime);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException(
          "certificate "
              + certificates
              + " and key "
              + key
              + " cannot be used: "
              + e.getMessage()
              + "; expected PEM, the key as 'BEGIN PRIVATE KEY' without a password",
          e);
    }
  }

  private static FileTime time(Path file, String what) throws IOException {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new IOException(what + " file " + file + " cannot be read: " + e, e);
    }
  }

  private static ApplicationProtocolConfig protocols(boolean http2) {
    String[] names = http2 ? new String[] {"h2", "http/1.1"} : new String[] {"http/1.1"};
    return new ApplicationProtocolConfig(
        Protocol.ALPN,
        SelectorFailureBehavior.NO_ADVERTISE,
        SelectedListenerFailureBehavior.ACCEPT,
        names);
  }

  /** Secures a connection. */
  void secure(Channel channel, HttpServer server) {
    if (System.nanoTime() - lookedNanos > LOOK_NANOS && looking.compareAndSet(false, true)) {
      try {
        server.offload(this::look);
      } catch (RejectedExecutionException e) {
        looking.set(false); // the next connection will try
      }
    }
    SslHandler handler = read.context.newHandler(channel.alloc());
    handler.setHandshakeTimeout(handshake.toMillis(), TimeUnit.MILLISECONDS);
    channel.pipeline().addLast(handler, new TlsConnection(server, channel));
  }

  /** Reads the files again if they have changed; on a thread that may block. */
  private void look() {
    try {
      Read now = read;
      boolean changed =
          !time(certificates, "certificate").equals(now.certificates)
              || !time(key, "key").equals(now.key);
      if (changed) {
        read = read();
        LoggerFactory.getLogger(TlsFiles.class).info("certificate {} was read again", certificates);
      }
    } catch (IOException e) {
      LoggerFactory.getLogger(TlsFiles.class)
          .warn("the certificate before stays in force: {}", e.getMessage());
    } finally {
      lookedNanos = System.nanoTime();
      looking.set(false);
    }
  }

  /** Says that nothing more will be sent on a secured connection. */
  @SuppressWarnings("FutureReturnValueIgnored") // what fails ends the channel
  static void endOutput(Channel channel) {
    channel.pipeline().get(SslHandler.class).closeOutbound();
  }

  /** Closes without the word that all was sent, so that the other side sees that something is missing. */
  @SuppressWarnings("FutureReturnValueIgnored") // closed either way
  static void cut(Channel channel) {
    ChannelHandlerContext handler = channel.pipeline().context(SslHandler.class);
    if (handler == null) {
      channel.close();
    } else {
      handler.close();
    }
  }
}
