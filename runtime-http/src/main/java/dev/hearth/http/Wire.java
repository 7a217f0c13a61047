package dev.hearth.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * What a connection does to its channel. Any thread; in the order of the calls where they come from one thread.
 *
 * <p>Nobody waits for the results: what fails ends the channel, and the connection learns of that.
 */
@SuppressWarnings("FutureReturnValueIgnored") // for the reason above
final class Wire {

  private final Channel channel;
  private final boolean secured;

  Wire(Channel channel) {
    this(channel, false);
  }

  /**
   * @param secured whether the channel is secured by TLS
   */
  Wire(Channel channel, boolean secured) {
    this.channel = channel;
    this.secured = secured;
  }

  /** Asks for the next bytes. */
  void read() {
    channel.read();
  }

  ByteBuf buffer(int size) {
    return channel.alloc().ioBuffer(size);
  }

  /** Sends a message. */
  void send(Object message) {
    channel.writeAndFlush(message, channel.voidPromise());
  }

  /**
   * Sends a message.
   *
   * @param later told when it is gone, or cannot be sent, unless that is known at once
   * @return whether it is known at once
   */
  boolean send(Object message, ChannelFutureListener later) {
    ChannelFuture sent = channel.writeAndFlush(message);
    if (sent.isDone()) {
      return true;
    }
    sent.addListener(later);
    return false;
  }

  /** Says that nothing more will be sent. */
  void endOutput() {
    if (secured) {
      TlsFiles.endOutput(channel);
    } else {
      ((DuplexChannel) channel).shutdownOutput();
    }
  }

  void close() {
    channel.close();
  }

  /** Closes so that the other side sees that something is missing. */
  void reset() {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    if (secured) {
      TlsFiles.cut(channel);
    } else {
      channel.close();
    }
  }

  boolean isOpen() {
    return channel.isActive();
  }

  /** Whether the other side keeps up; always so on the event loop, which cannot wait for it. */
  boolean mayWrite() {
    return channel.isWritable() || channel.eventLoop().inEventLoop();
  }

  /** Runs something on the event loop after a while; called there. */
  ScheduledFuture<?> schedule(Runnable task, long nanos) {
    return channel.eventLoop().schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  /** Runs something on the event loop, at once when that is the caller. */
  void execute(Runnable task) {
    if (channel.eventLoop().inEventLoop()) {
      task.run();
      return;
    }
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      channel.close(); // the server has stopped its loops: there is nobody left to tell
    }
  }

  @Override
  public String toString() {
    return channel.toString();
  }
}
