package org.kernfield.shell.internal.osgi;

import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Function;
import org.kernfield.engine.Engine;
import org.kernfield.shell.internal.Completion;
import org.kernfield.shell.internal.Dispatcher;
import org.kernfield.shell.internal.Reply;
import org.kernfield.shell.internal.Verb;
import org.kernfield.shell.internal.Verbs;
import org.kernfield.shell.internal.verb.DoctorVerb;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Registers each verb as a Gogo function of the scope {@code kf}, and the entry for the command
 * line. One component for all of them keeps the start quick.
 */
@Component(
        immediate = true,
        service = {})
public final class ShellComponent {
    /** Scope of the commands. */
    static final String SCOPE = "kf";

    private final BundleContext context;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    @Activate
    public ShellComponent(
            BundleContext context,
            @Reference Engine engine,
            @Reference CommandProcessor processor) {
        this.context = context;
        var sessions = new Sessions(processor, ProcessStreams.of(context));
        var launcher = new Launcher(context);
        var surroundings = new FrameworkSurroundings(context, launcher);
        Dispatcher verbs = Verbs.over(engine, surroundings, sessions);
        boolean batch = !"shell".equals(context.getProperty("kernfield.mode"));
        for (Verb verb : verbs.verbs()) {
            register(verb.name(), new VerbFunction(verbs, verb.name(), batch));
        }
        if (!batch) {
            register(
                    CompletionFunction.NAME, new CompletionFunction(new Completion(verbs, engine)));
        }
        registrations.add(
                context.registerService(
                        Converter.class,
                        new ReplyConverter(),
                        properties(Converter.CONVERTER_CLASSES, Reply.class.getName())));
        registrations.add(
                DoctorHealth.register(context, () -> DoctorVerb.checks(engine, surroundings)));
        if (launcher.isThere()) {
            registrations.add(DropFolderGuard.register(context, launcher));
        }
        // last: whoever finds it finds the verbs as well
        registrations.add(
                context.registerService(
                        ToIntFunction.class,
                        new BatchEntry(processor, verbs),
                        properties("kernfield.batch", true)));
    }

    private void register(String name, Function function) {
        var properties = properties(CommandProcessor.COMMAND_SCOPE, SCOPE);
        properties.put(CommandProcessor.COMMAND_FUNCTION, name);
        registrations.add(context.registerService(Function.class, function, properties));
    }

    private static Dictionary<String, Object> properties(String name, Object value) {
        var properties = new Hashtable<String, Object>();
        properties.put(name, value);
        return properties;
    }

    @Deactivate
    void close() {
        registrations.reversed().forEach(ServiceRegistration::unregister);
    }
}
