import Commands
import Stages

@main struct Program {
    static func main() { ETLCommand.main(stages: standardStages) }
}
