package org.kernfield.shell.internal.osgi;

import org.apache.felix.service.command.Converter;
import org.kernfield.shell.internal.Reply;

/** Formats replies when they are printed, not before. */
final class ReplyConverter implements Converter {
    @Override
    public Object convert(Class<?> type, Object value) {
        return type == String.class && value instanceof Reply reply ? reply.text() : null;
    }

    @Override
    public CharSequence format(Object value, int level, Converter escape) {
        return value instanceof Reply reply ? reply.text() : null;
    }
}
