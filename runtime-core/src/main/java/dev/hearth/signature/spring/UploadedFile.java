package dev.hearth.signature.spring;

import dev.hearth.signature.web.Multipart;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** One file of a form, held in memory. */
final class UploadedFile implements MultipartFile {

  private final Multipart.Part part;

  UploadedFile(Multipart.Part part) {
    this.part = part;
  }

  @Override
  public String getName() {
    return part.name();
  }

  @Override
  public String getOriginalFilename() {
    return String.valueOf(part.fileName());
  }

  @Override
  public @Nullable String getContentType() {
    return part.header("content-type");
  }

  @Override
  public boolean isEmpty() {
    return getSize() == 0;
  }

  @Override
  public long getSize() {
    return (long) part.to() - part.from();
  }

  @Override
  public byte[] getBytes() {
    return part.content();
  }

  @Override
  public InputStream getInputStream() {
    return new ByteArrayInputStream(part.body(), part.from(), part.to() - part.from());
  }

  @Override
  public void transferTo(File destination) throws IOException {
    transferTo(destination.toPath());
  }

  @Override
  public void transferTo(Path destination) throws IOException {
    Files.write(destination, getBytes());
  }
}
