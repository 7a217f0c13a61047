package dev.hearth.gateway;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Times as gateways write them: {@code 12/Mar/2020:19:03:58 +0000}. */
final class Clock {

  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  private Clock() {}

  static String text(long epochMillis) {
    ZonedDateTime time = Instant.ofEpochMilli(epochMillis).atZone(ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(26);
    two(text, time.getDayOfMonth()).append('/').append(MONTHS[time.getMonthValue() - 1]);
    text.append('/').append(time.getYear()).append(':');
    two(text, time.getHour()).append(':');
    two(text, time.getMinute()).append(':');
    return two(text, time.getSecond()).append(" +0000").toString();
  }

  private static StringBuilder two(StringBuilder text, int number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
